package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every role at work, with an API key, signing secrets and the keys that seal them, one of which retires. Then logs, metrics,
 * errors, topics and the whole data folder are searched for any of these.
 */
class NothingInTheClearTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern KEY = Pattern.compile("vb_live_[0-9A-Za-z]{49}");
    private static final String OWN =
            "whsec_" + Base64.getEncoder().encodeToString("canary of the owner 0123456789ab".getBytes(ISO_8859_1));
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of a text in the clear, so many characters in a row stand nowhere. */
    private static final int PART = 12;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int kafka = freePort();
    private final int management = freePort();
    private final int ingest = freePort();
    private final int console = freePort();
    private final List<String> written = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(OWN));
    private String key = "";
    private int events;

    NothingInTheClearTest() throws IOException {}

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void noKeyAndNoSecretIsInLogsMetricsErrorsTopicsOrFiles(@TempDir Path data, @TempDir Path logs) throws Exception {
        Map<String, String> environment = Map.of(
                "HOOKSWITCH_STANDALONE_KAFKA_PORT", Integer.toString(kafka),
                "HOOKSWITCH_MANAGEMENT_PORT", Integer.toString(management),
                "HOOKSWITCH_EGRESS_ALLOW_CIDRS", "127.0.0.0/8",
                "HOOKSWITCH_EGRESS_ALLOW_HTTP", "true",
                "HOOKSWITCH_CONSOLE_PORT", Integer.toString(console),
                "HOOKSWITCH_INGEST_PORT", Integer.toString(ingest));
        Path keyRing = Site.keyRing(data);
        try (Receiver receiver =
                        new Receiver(request -> Reply.status(request.path().contains("bad") ? 500 : 200));
                StandaloneProcess process = StandaloneProcess.start(data, logs, "canary", environment)) {
            Matcher shown = KEY.matcher(process.printed());
            assertThat(shown.find()).isTrue();
            key = shown.group();
            await().atMost(LIMIT).until(() -> api("GET", "", "").statusCode() == 200);
            useSecrets(receiver);
            refuse();
            retireTheKey(keyRing);
            publishUntilReceived(receiver);
            written.add(get(management, "/metrics").body());
            written.addAll(EveryRecord.of("127.0.0.1:" + kafka));
            process.stop();
            written.add(process.printed().replaceFirst(key, "(the key, which is shown)"));
            written.add(process.logged());
        }
        readAll(data, keyRing);

        // Without these the search would prove nothing.
        assertThat(written).anyMatch(text -> text.contains("hookswitch_console_resealed_total"));
        assertThat(written).anyMatch(text -> text.contains("\"wrapped_key\"") && text.contains("\"key_id\":\"k2\""));
        assertThat(written).anyMatch(text -> text.contains("SECRET_RESEALED"));
        assertThat(written).anyMatch(text -> text.contains("invalid_secret"));
        assertThat(secrets).hasSize(3);
        List<String> keys = new ArrayList<>();
        JSON.readTree(keyRing.toFile()).get("keys").forEach(node -> keys.add(node.asText()));
        assertThat(keys).hasSize(2);

        assertNowhere(key.substring("vb_live_".length()));
        for (String secret : secrets) {
            assertNowhere(secret.substring("whsec_".length()));
            assertNowhere(decoded(secret.substring("whsec_".length())));
        }
        for (String sealing : keys) {
            assertNowhere(sealing);
            assertNowhere(decoded(sealing));
        }
    }

    private void useSecrets(Receiver receiver) throws Exception {
        String good =
                "{\"url\":\"%s\",\"events\":[\"call.failed\"],\"secret\":\"%s\"}".formatted(receiver.url("/hook"), OWN);
        JsonNode made = JSON.readTree(api("POST", "", good).body());
        String bad = "{\"url\":\"%s\",\"events\":[\"call.failed\"]}".formatted(receiver.url("/bad"));
        secrets.add(JSON.readTree(api("POST", "", bad).body()).get("secret").asText());
        publishUntilReceived(receiver);
        secrets.add(JSON.readTree(api("POST", "/" + made.get("webhook_id").asText() + "/secret/rotate", "{}")
                        .body())
                .get("secret")
                .asText());
        publishUntilReceived(receiver);
    }

    /** Errors that could quote what was sent. */
    private void refuse() throws Exception {
        String broken = "{\"url\":\"https://hooks.example.com\",\"events\":[\"*\"],\"secret\":\"%s\"}";
        for (String secret : List.of(OWN.replace("=", ""), OWN + "\",\"secret2\":\"" + OWN, OWN + "\\u0000")) {
            HttpResponse<String> refused = api("POST", "", broken.formatted(secret));
            assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
            written.add(refused.body());
        }
        String right = key;
        key = right.substring(0, right.length() - 1) + "!";
        written.add(api("GET", "", "").body());
        key = right;
    }

    private void retireTheKey(Path keyRing) throws Exception {
        KeyRing ring = KeyRing.change(
                keyRing, old -> old.withNew("k2", new SecureRandom()).activated("k2"));
        assertThat(ring.retiring()).containsExactly("k1");
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> get(management, "/metrics")
                        .body()
                        .lines()
                        .anyMatch(
                                line -> line.startsWith("hookswitch_console_resealed_total") && line.endsWith(" 2.0")));
    }

    private void publishUntilReceived(Receiver receiver) {
        int before = receiver.requests().size();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            String event = "{\"id\":\"evt_%d\",\"type\":\"call.failed\",\"tenant\":\"acme\",".formatted(++events)
                    + "\"occurred_at\":\"2026-01-15T14:31:00Z\",\"data\":{\"call_id\":\"call_2\"}}";
            assertThat(send(ingest, "POST", "/v1/events", event).statusCode()).isEqualTo(202);
            return receiver.requests().size() > before + 1;
        });
    }

    private void readAll(Path data, Path except) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(except))
                    .toList()) {
                written.add(Files.readString(file, ISO_8859_1));
            }
        }
    }

    private void assertNowhere(String text) {
        for (int i = 0; i + PART <= text.length(); i++) {
            String part = text.substring(i, i + PART);
            assertThat(written).noneMatch(each -> each.contains(part));
        }
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), ISO_8859_1);
    }

    private HttpResponse<String> api(String verb, String path, String body) throws IOException, InterruptedException {
        return send(console, verb, "/v1/webhooks" + path, body);
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(port, "GET", path, "");
    }

    private HttpResponse<String> send(int port, String verb, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
