package dev.hookswitch.common.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.signing.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSealerTest {
    private static final EndpointId ENDPOINT = new EndpointId("acme", "wh_1");
    private static final String KEY_1 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String KEY_2 = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @TempDir
    Path folder;

    private SecretSealer sealer;
    private SealedSecret sealed;

    @BeforeEach
    void seal() throws IOException {
        sealer = sealer("{'active':'k1','keys':{'k1':'" + KEY_1 + "'}}");
        sealed = sealer.seal(ENDPOINT, 3, SECRET);
    }

    @Test
    void opensWhatItSealed() {
        assertThat(sealer.open(ENDPOINT, sealed).reveal()).isEqualTo(SECRET.reveal());
        assertThat(sealed.version()).isEqualTo(3);
        assertThat(sealed.keyId()).isEqualTo("k1");
    }

    @Test
    void neitherTheTextNorEqualCiphertextsShowThrough() {
        SealedSecret again = sealer.seal(ENDPOINT, 3, SECRET);
        assertThat(again.sealed()).isNotEqualTo(sealed.sealed());
        assertThat(again.wrappedKey()).isNotEqualTo(sealed.wrappedKey());
        assertThat(sealed.toString()).doesNotContain("MfKQ9r8G", KEY_1);
        // Nonce, text or key, and tag: nothing else.
        assertThat(Base64.getDecoder().decode(sealed.sealed()))
                .hasSize(12 + SECRET.reveal().length() + 16);
        assertThat(Base64.getDecoder().decode(sealed.wrappedKey())).hasSize(12 + 32 + 16);
    }

    @Test
    void sealsAnewUnderTheActiveKeyWhatStaysBoundToItsPlace() throws IOException {
        SecretSealer both =
                sealer("{'active':'k2','retiring':['k1'],'keys':{'k1':'" + KEY_1 + "','k2':'" + KEY_2 + "'}}");

        SealedSecret anew = both.reseal(ENDPOINT, sealed);

        assertThat(anew.keyId()).isEqualTo("k2");
        assertThat(anew.version()).isEqualTo(3);
        assertThat(anew.sealed()).isNotEqualTo(sealed.sealed());
        SecretSealer later = sealer("{'active':'k2','keys':{'k2':'" + KEY_2 + "'}}");
        assertThat(later.open(ENDPOINT, anew).reveal()).isEqualTo(SECRET.reveal());
        assertThatThrownBy(() -> later.open(ENDPOINT, sealed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> later.open(new EndpointId("acme", "wh_2"), anew))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> later.open(ENDPOINT, new SealedSecret(4, anew.keyId(), anew.wrappedKey(), anew.sealed())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNothingToAnotherPlaceByResealing() {
        assertThatThrownBy(() -> sealer.reseal(new EndpointId("other", "wh_1"), sealed))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"acme, wh_2", "other, wh_1", "acm, ewh_1", "'', acmewh_1", "acme w, h_1", "'acme\nwh', _1"})
    void doesNotOpenForAnotherTenantOrWebhook(String tenant, String webhookId) {
        assertDoesNotOpen(new EndpointId(tenant, webhookId), sealed);
    }

    @Test
    void keepsTenantAndWebhookApartWhateverTheyContain() {
        SealedSecret odd = sealer.seal(new EndpointId("a b", "c"), 1, SECRET);
        assertDoesNotOpen(new EndpointId("a", "b c"), odd);
    }

    @Test
    void doesNotOpenAsAnotherVersion() {
        assertDoesNotOpen(ENDPOINT, new SealedSecret(4, sealed.keyId(), sealed.wrappedKey(), sealed.sealed()));
        assertDoesNotOpen(ENDPOINT, new SealedSecret(33, sealed.keyId(), sealed.wrappedKey(), sealed.sealed()));
    }

    @Test
    void doesNotOpenOnceOneBitIsChanged() {
        for (int bit = 0; bit < 8 * (12 + 32 + 16); bit += 7) {
            assertDoesNotOpen(ENDPOINT, new SealedSecret(3, "k1", flipped(sealed.wrappedKey(), bit), sealed.sealed()));
            assertDoesNotOpen(ENDPOINT, new SealedSecret(3, "k1", sealed.wrappedKey(), flipped(sealed.sealed(), bit)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAAAAAAAAAAAAAA", "not base64!"})
    void doesNotOpenWhatIsNoCiphertext(String text) {
        assertDoesNotOpen(ENDPOINT, new SealedSecret(3, "k1", text, sealed.sealed()));
        assertDoesNotOpen(ENDPOINT, new SealedSecret(3, "k1", sealed.wrappedKey(), text));
    }

    @Test
    void doesNotMixTwoSeals() {
        SealedSecret other = sealer.seal(ENDPOINT, 3, SECRET);
        assertDoesNotOpen(ENDPOINT, new SealedSecret(3, "k1", other.wrappedKey(), sealed.sealed()));
    }

    @Test
    void aRotatedRingOpensTheOldAndSealsWithTheNew() throws IOException {
        SecretSealer rotated = sealer("{'active':'k2','keys':{'k2':'" + KEY_2 + "','k1':'" + KEY_1 + "'}}");
        assertThat(rotated.open(ENDPOINT, sealed).reveal()).isEqualTo(SECRET.reveal());
        SealedSecret fresh = rotated.seal(ENDPOINT, 4, SECRET);
        assertThat(fresh.keyId()).isEqualTo("k2");
        assertThat(rotated.open(ENDPOINT, fresh).reveal()).isEqualTo(SECRET.reveal());
        assertDoesNotOpen(ENDPOINT, fresh);
    }

    @Test
    void aKeyOfTheSameNameButOtherBytesDoesNotOpen() throws IOException {
        SecretSealer other = sealer("{'active':'k1','keys':{'k1':'" + KEY_2 + "'}}");
        assertThatThrownBy(() -> other.open(ENDPOINT, sealed)).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertDoesNotOpen(EndpointId endpoint, SealedSecret secret) {
        assertThatThrownBy(() -> sealer.open(endpoint, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret version " + secret.version() + " of " + endpoint.topicKey()
                        + " does not open with key " + secret.keyId());
    }

    private static String flipped(String base64, int bit) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private SecretSealer sealer(String ring) throws IOException {
        Path file = Files.writeString(folder.resolve("ring.json"), ring.replace('\'', '"'));
        return new SecretSealer(KeyRing.read(file), new SecureRandom());
    }
}
