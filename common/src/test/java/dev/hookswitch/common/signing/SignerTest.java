package dev.hookswitch.common.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.profile.Profiles;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** With the schemes of the shipped profiles, so that their data is proved too. */
class SignerTest {
    private static final SignatureScheme RINGYO = scheme("ringyo");
    private static final SignatureScheme RING_TONIC = scheme("ring-tonic");
    private static final Secret OLD = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Secret NEW = Secret.of("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final long TIME = 1_705_312_800;
    private static final byte[] BODY = ("{\"event\":\"call.completed\",\"timestamp\":\"2024-01-15T10:30:00Z\","
                    + "\"webhook_id\":\"wh_abc123\",\"data\":{\"call_id\":\"call_abc123\",\"duration_seconds\":145,"
                    + "\"customer_name\":\"Zo\u00eb \ud83d\ude00\"}}")
            .getBytes(UTF_8);

    private static final String RINGYO_OLD = "v1=e9c599293ec11a373ead892ef4f1942f60bf11cf6f44c2b2db071bcbee039783";
    private static final String RINGYO_NEW = "v1=f534ecbcc2c593db36acacedf6cf04f00792c1096bfbde12504686d64254733c";
    private static final String STANDARD_OLD = "v1,raHwwMBs2t7q8IhIlEbbAjh1YufdV1HrWKN90Ls57ew=";
    private static final String STANDARD_NEW = "v1,5z/8Rv4Uvoc86o6sSoaV84J/ECBQmlLW4EoFokdEEsQ=";

    private final Signer signer = new Signer();

    private static SignatureScheme scheme(String profile) {
        return Objects.requireNonNull(Profiles.builtIn().get(profile).profile().signature(), profile);
    }

    @Test
    void signsAsRingyoDocuments() {
        assertThat(BODY).hasSize(170);
        assertThat(RINGYO.header()).isEqualTo("X-Ringyo-Signature");
        assertThat(header(RINGYO, OLD)).isEqualTo("t=1705312800," + RINGYO_OLD);
    }

    @Test
    void signsAsRingTonicDocuments() {
        assertThat(RING_TONIC.header()).isEqualTo("Signature");
        assertThat(header(RING_TONIC, OLD))
                .isEqualTo("c27b5ea4641515e2acdd9b3197bdf9a9e5a179616c2a7026dd018213fa4d488a");
    }

    @Test
    void signsAsStandardWebhooksDocuments() {
        assertThat(SignatureScheme.STANDARD_WEBHOOKS.header()).isEqualTo("webhook-signature");
        assertThat(header(SignatureScheme.STANDARD_WEBHOOKS, OLD)).isEqualTo(STANDARD_OLD);
        assertThat(signer.header(
                        SignatureScheme.STANDARD_WEBHOOKS,
                        List.of(OLD),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileRotatingRingyoCarriesBothAndTheFirstSignsFirst() {
        assertThat(header(RINGYO, OLD, NEW)).isEqualTo("t=1705312800," + RINGYO_OLD + "," + RINGYO_NEW);
        assertThat(header(RINGYO, NEW, OLD)).isEqualTo("t=1705312800," + RINGYO_NEW + "," + RINGYO_OLD);
    }

    @Test
    void whileRotatingStandardWebhooksCarriesAListBySpaces() {
        assertThat(header(SignatureScheme.STANDARD_WEBHOOKS, OLD, NEW)).isEqualTo(STANDARD_OLD + " " + STANDARD_NEW);
        assertThat(header(SignatureScheme.STANDARD_WEBHOOKS, NEW, OLD)).isEqualTo(STANDARD_NEW + " " + STANDARD_OLD);
    }

    @Test
    void ringTonicHasRoomForTheFirstAlone() {
        assertThat(header(RING_TONIC, OLD, NEW)).isEqualTo(header(RING_TONIC, OLD));
        assertThat(header(RING_TONIC, NEW, OLD))
                .isEqualTo(header(RING_TONIC, NEW))
                .isNotEqualTo(header(RING_TONIC, OLD));
    }

    @Test
    void oneSignerSignsManyTimes() {
        String first = header(RINGYO, OLD);
        header(SignatureScheme.STANDARD_WEBHOOKS, NEW, OLD);
        assertThat(header(RINGYO, OLD)).isEqualTo(first);
        assertThat(signer.header(RINGYO, List.of(OLD), "msg_2b7", TIME, new byte[0]))
                .hasSize(first.length());
    }

    @Test
    void placeholdersInAnIdStayText() {
        SignatureScheme scheme = new SignatureScheme(
                "X-Signature",
                "{id};{timestamp};",
                "{mac}",
                null,
                "{id}",
                SignatureScheme.Encoding.HEX,
                SignatureScheme.Key.SECRET_TEXT);
        assertThat(signer.header(scheme, List.of(OLD), "msg_{timestamp}", TIME, BODY))
                .startsWith("msg_{timestamp};1705312800;");
    }

    @Test
    void refusesToSignWithoutASecret() {
        assertThatThrownBy(() -> header(RINGYO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secrets must hold one secret or more");
        assertThatThrownBy(() -> header(RING_TONIC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchemeNeedsAPlaceForTheMac() {
        assertThatThrownBy(() -> new SignatureScheme(
                        "X", "", "v1", null, "", SignatureScheme.Encoding.HEX, SignatureScheme.Key.SECRET_TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signature.each must contain {mac}, was: v1");
    }

    private String header(SignatureScheme scheme, Secret... secrets) {
        return signer.header(scheme, List.of(secrets), "msg_2b7", TIME, BODY);
    }
}
