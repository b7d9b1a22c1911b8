package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a console answers another, and whoever else comes. */
class PeerServerTest {
    private static final String SECRET = "a secret of sixteen";
    private static final byte[] HERE = Wire.write(new Ask(new EndpointId("acme", "here"), null, LogQuery.newest(1)));

    private final PeerServer server;

    PeerServerTest() throws IOException {
        server = PeerServer.start(new PeerSettings(Optional.empty(), "127.0.0.1", 0, SECRET), PeerServerTest::answer);
    }

    private static Optional<Answer> answer(Ask ask) {
        return switch (ask.endpoint().webhookId()) {
            case "here" -> Optional.of(Answer.page(new LogPage(List.of(), "next")));
            case "rebuilding" -> throw new LogUnavailable(Reason.REBUILDING, Duration.ofSeconds(7), "it is read");
            default -> Optional.empty();
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<byte[]> post(String secret, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PeerServer.PATH))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", PeerServer.authorization(secret))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static byte[] about(String webhookId) {
        return Wire.write(new Ask(new EndpointId("acme", webhookId), "msg_1", null));
    }

    @Test
    void answersWhatIsHere() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(SECRET, HERE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Wire.read(response.body(), Answer.class).asPage().nextCursor())
                .isEqualTo("next");
    }

    @Test
    void saysWhenItCannotSayYet() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(SECRET, about("rebuilding"));

        assertThat(response.statusCode()).isEqualTo(503);
        Answer answer = Wire.read(response.body(), Answer.class);
        assertThat(answer.unavailable()).isEqualTo(Reason.REBUILDING);
        assertThat(answer.retryAfterMs()).isEqualTo(7_000);
    }

    @Test
    void sendsAwayWhatIsElsewhere() throws IOException, InterruptedException {
        assertThat(post(SECRET, about("elsewhere")).statusCode()).isEqualTo(421);
    }

    @Test
    void tellsNothingWithoutTheSecret() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post("another secret 16", HERE);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void refusesWhatIsNoQuestion() throws IOException, InterruptedException {
        assertThat(post(SECRET, new byte[] {'{'}).statusCode()).isEqualTo(400);
        assertThat(post(
                                SECRET,
                                "{\"endpoint\":{\"tenant\":\"a\",\"webhook_id\":\"b\"}}"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }
}
