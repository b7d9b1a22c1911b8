package dev.hookswitch.common.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void generatesThePrefixAnd32BytesOfBase64() {
        SecureRandom random = new SecureRandom();
        String text = Secret.generate(random).reveal();
        assertThat(text).startsWith("whsec_").hasSize(50);
        assertThat(Base64.getDecoder().decode(text.substring(6))).hasSize(32);
        assertThat(Secret.generate(random).reveal()).isNotEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_AAAAAAAAAAAAAAAA",
                "whsec_AAAAAAAAAAAAAAAAAA==",
                "whsec_++++////++++////+++=",
            })
    void takesPaddedBase64AndRevealsItAsItCame(String text) {
        assertThat(Secret.of(text).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec-MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
                "whsec_MfKQ9r8GKYqr TwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqr_TwjUPD8ILPZIo2LaLa-w",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA=",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA===",
                "whsec_MfKQ9r8G=KYqrTwjUPD8ILPZIo2LaLaSw===",
                "whsec_short1234567",
            })
    void refusesMalformedTextWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("secret must be whsec_ followed by ")
                .message()
                .doesNotContain("MfKQ9", "short1234567");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(Secret.of("whsec_" + "A".repeat(256)).reveal()).hasSize(262);
        assertThatThrownBy(() -> Secret.of("whsec_" + "A".repeat(260))).hasMessageContaining("16 to 256 characters");
    }

    @Test
    void neverPrintsItself() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(secret + " " + List.of(secret)).isEqualTo("whsec_(hidden) [whsec_(hidden)]");
    }
}
