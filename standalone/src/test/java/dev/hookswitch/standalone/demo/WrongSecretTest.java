package dev.hookswitch.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.signing.SignatureScheme;
import dev.hookswitch.common.signing.Signer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrongSecretTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final byte[] BODY = "{\"type\":\"call.completed\"}".getBytes(UTF_8);
    private static final String PROBLEM = "1 POSTs that verify with a wrong secret";

    private final SecureRandom random = new SecureRandom();
    private final Secret secret = Secret.generate(random);

    private static Actor actor(Temper temper) {
        return new Actor("it", "acme", Promise.STANDARD, temper, Set.of("*"), Actor.Fate.STAYS);
    }

    private Post post(Actor actor) throws Exception {
        try (Receivers receivers = new Receivers(List.of(actor), InstantSource.fixed(NOW), System::nanoTime, random)) {
            receivers.secret(actor, secret.reveal());
            String signature = new Signer()
                    .header(SignatureScheme.STANDARD_WEBHOOKS, List.of(secret), "msg_1", NOW.getEpochSecond(), BODY);
            HttpRequest request = HttpRequest.newBuilder(URI.create(receivers.url(actor)))
                    .timeout(Duration.ofSeconds(20))
                    .header("webhook-id", "msg_1")
                    .header("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
                    .header("webhook-signature", signature)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            Post post = receivers.first().orElseThrow();
            assertThat(status).isEqualTo(post.status());
            return post;
        }
    }

    @Test
    void aReceiverWithTheRightSecretTakesWhatItsNeighbourWithAWrongOneRefuses() throws Exception {
        Post right = post(actor(Temper.HEALTHY));
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.signed()).isTrue();
        assertThat(right.verified()).isTrue();

        Post wrong = post(actor(Temper.WRONG_SECRET));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.signed()).isTrue();
        assertThat(wrong.verified()).isFalse();
    }

    @Test
    void aPostThatVerifiesWithAWrongSecretIsAProblem() {
        Actor actor = actor(Temper.WRONG_SECRET);
        assertThat(problems(actor, true)).contains(PROBLEM);
        assertThat(problems(actor, false)).doesNotContain(PROBLEM);
    }

    private static List<String> problems(Actor actor, boolean verified) {
        Post post = new Post(actor, "msg_1", 1, 0, 0, 401, true, verified, BODY);
        Evidence evidence = new Evidence(
                List.of(),
                List.of(post),
                List.of(),
                List.of(),
                Map.of(actor, "wh_1"),
                Map.of(),
                Set.of(),
                Set.of(),
                OptionalLong.empty(),
                1);
        return new Review(evidence, actor).problems();
    }
}
