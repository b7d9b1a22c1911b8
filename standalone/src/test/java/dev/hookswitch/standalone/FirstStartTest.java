package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.access.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger sees who starts it, and what is left on the disk after that. */
class FirstStartTest {
    private static final Pattern KEY = Pattern.compile("vb_live_[0-9A-Za-z]{49}");
    private static final String EVENT = "{\"id\":\"evt_1\",\"type\":\"call.failed\",\"tenant\":\"TENANT\","
            + "\"occurred_at\":\"2026-01-15T14:31:00Z\",\"data\":{\"call_id\":\"call_2\"}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Map<String, String> environment;

    FirstStartTest() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        environment = Map.of(
                "HOOKSWITCH_STANDALONE_KAFKA_PORT", "0",
                "HOOKSWITCH_MANAGEMENT_PORT", "0",
                "HOOKSWITCH_CONSOLE_PORT", "0",
                "HOOKSWITCH_INGEST_PORT", Integer.toString(port));
    }

    @Test
    void showsAKeyOnceThatPublishesAndIsWrittenNowhere(@TempDir Path data, @TempDir Path logs) throws Exception {
        String key;
        List<String> written = new ArrayList<>();
        try (StandaloneProcess first = StandaloneProcess.start(data, logs, "first", environment)) {
            List<String> shown = keys(first);
            assertThat(shown).hasSize(1);
            key = shown.get(0);
            await().atMost(Duration.ofSeconds(60)).until(() -> post(key, "acme") == 202);
            assertThat(post(key, "beta")).isEqualTo(403);
            assertThat(post(ApiKey.generate(new SecureRandom()).reveal(), "acme"))
                    .isEqualTo(401);
            assertThat(post(key + "x", "acme")).isEqualTo(401);
            first.stop();
            written.add(first.logged());
        }
        try (StandaloneProcess second = StandaloneProcess.start(data, logs, "second", environment)) {
            assertThat(second.printed()).doesNotContainPattern(KEY).contains("hookswitch key create --tenant acme ");
            await().atMost(Duration.ofSeconds(60)).until(() -> post(key, "acme") == 202);
            second.stop();
            written.add(second.logged());
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.add(Files.readString(file, ISO_8859_1));
            }
        }

        // Without these the search would prove nothing.
        assertThat(written).anyMatch(text -> text.contains("\"mac\":"));
        assertThat(written)
                .anyMatch(text -> text.contains(ApiKey.parse(key).orElseThrow().id()));
        assertThat(written.get(0)).contains("status=401", "status=403");
        for (int i = "vb_live_".length(); i + 12 <= key.length(); i++) {
            String part = key.substring(i, i + 12);
            assertThat(written).noneMatch(text -> text.contains(part));
        }
    }

    @Test
    void aFirstStartThatFailsLeavesTheKeyToTheNext(@TempDir Path data, @TempDir Path logs) throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                StandaloneProcess first = StandaloneProcess.launch(data, logs, "first", environment)) {
            assertThat(first.awaitEnd()).isEqualTo(1);
            assertThat(first.printed()).doesNotContainPattern(KEY);
            assertThat(first.logged()).contains("ingest.port");
            assertThat(taken.isBound()).isTrue();
        }
        try (StandaloneProcess second = StandaloneProcess.start(data, logs, "second", environment)) {
            assertThat(keys(second)).hasSize(1);
            awaitOneTaken(keys(second));
        }
    }

    /** Once, a key was made and then shown: a process that was killed in between left one that nobody had. */
    @Test
    void aStartThatIsKilledAsItShowsTheKeyLeavesNoneThatNobodyWasShown(@TempDir Path data, @TempDir Path logs)
            throws Exception {
        List<String> shown;
        try (StandaloneProcess first = StandaloneProcess.launch(data, logs, "first", environment)) {
            first.awaitPrinted(KEY);
            first.kill();
            shown = new ArrayList<>(keys(first));
        }
        try (StandaloneProcess second = StandaloneProcess.start(data, logs, "second", environment)) {
            shown.addAll(keys(second));
            awaitOneTaken(shown);
        }
    }

    private static List<String> keys(StandaloneProcess process) {
        return KEY.matcher(process.printed()).results().map(MatchResult::group).toList();
    }

    private void awaitOneTaken(List<String> keys) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (String key : keys) {
                if (post(key, "acme") == 202) {
                    return true;
                }
            }
            return false;
        });
    }

    private int post(String key, String tenant) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
                                .timeout(Duration.ofSeconds(30))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(EVENT.replace("TENANT", tenant)))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
