package dev.hookswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.testkit.ReceivedRequest;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger does with the management API, from the first webhook to a retry, with every role at work. */
class ManagementApiTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern KEY = Pattern.compile("vb_live_[0-9A-Za-z]{49}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int ingest = freePort();
    private final int console = freePort();
    private final AtomicBoolean broken = new AtomicBoolean();
    private volatile String secret = "";
    private String key = "";
    private int events;

    ManagementApiTest() throws IOException {}

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** As a receiver should: takes any of the signatures. */
    private Reply receive(ReceivedRequest request) {
        boolean verified = VendorSamples.ringyoAny(request, secret);
        return Reply.status(!verified ? 401 : broken.get() ? 503 : 200);
    }

    @Test
    void fromTheFirstWebhookToARetry(@TempDir Path data, @TempDir Path logs) throws Exception {
        Map<String, String> environment = Map.of(
                "HOOKSWITCH_STANDALONE_KAFKA_PORT", "0",
                "HOOKSWITCH_MANAGEMENT_PORT", "0",
                "HOOKSWITCH_EGRESS_ALLOW_CIDRS", "127.0.0.0/8",
                "HOOKSWITCH_EGRESS_ALLOW_HTTP", "true",
                "HOOKSWITCH_CONSOLE_PORT", Integer.toString(console),
                "HOOKSWITCH_INGEST_PORT", Integer.toString(ingest));
        try (Receiver receiver = new Receiver(this::receive);
                StandaloneProcess process = StandaloneProcess.start(data, logs, "walk", environment)) {
            Matcher shown = KEY.matcher(process.printed());
            assertThat(shown.find()).isTrue();
            key = shown.group();
            await().atMost(LIMIT).until(() -> api("GET", "", null).get("data") != null);

            String webhook = createsAndReceives(receiver);
            rotatesWithoutAFailure(receiver, webhook);
            sendsATest(receiver, webhook);
            readsAndRetries(receiver, webhook);
            process.stop();
        }
    }

    private String createsAndReceives(Receiver receiver) throws Exception {
        JsonNode made =
                api("POST", "", "{\"url\":\"%s\",\"events\":[\"call.failed\"]}".formatted(receiver.url("/hook")));
        secret = made.get("secret").asText();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            publish();
            return !receiver.requests().isEmpty();
        });
        return "/" + made.get("webhook_id").asText();
    }

    private void rotatesWithoutAFailure(Receiver receiver, String webhook) throws Exception {
        String before = secret;
        String next =
                api("POST", webhook + "/secret/rotate", "{}").get("secret").asText();
        publishUntil(receiver, request -> VendorSamples.ringyoAny(request, next));
        ReceivedRequest pending = last(receiver);
        assertThat(VendorSamples.ringyo(pending, before))
                .as("the old one signs first")
                .isTrue();
        api("POST", webhook + "/secret/activate", "{}");
        publishUntil(receiver, request -> VendorSamples.ringyo(request, next));
        // The receiver knew the old one alone until now.
        assertThat(receiver.requests())
                .as("every POST verified")
                .allSatisfy(request ->
                        assertThat(VendorSamples.ringyoAny(request, before)).isTrue());
        secret = next;
    }

    private void sendsATest(Receiver receiver, String webhook) throws Exception {
        JsonNode good = api("POST", webhook + "/test", "{}");
        assertThat(good.get("outcome").asText()).as("%s", good).isEqualTo("delivered");
        assertThat(good.at("/attempt/http_status").asInt()).isEqualTo(200);
        ReceivedRequest test = tests(receiver).get(0);
        assertThat(test.header("webhook-id")).isEqualTo(good.get("delivery_id").asText());
        assertThat(JSON.readTree(test.body()).get("event").asText()).isEqualTo("call.failed");

        broken.set(true);
        JsonNode bad = api("POST", webhook + "/test", "{\"event\":\"call.failed\"}");
        assertThat(bad.get("outcome").asText()).as("%s", bad).isEqualTo("failed");
        assertThat(bad.get("reason").asText()).isEqualTo("server_error");
        broken.set(false);
        assertThat(tests(receiver)).hasSize(2);
        assertThat(api("GET", webhook, null).get("status").asText()).isEqualTo("active");
    }

    private void readsAndRetries(Receiver receiver, String webhook) throws Exception {
        ReceivedRequest delivered = receiver.requests().get(0);
        String id = delivered.header("webhook-id");
        await().atMost(LIMIT)
                .until(() -> api("GET", webhook + "/deliveries/" + id, null)
                        .path("status")
                        .asText()
                        .equals("delivered"));
        JsonNode shown = api("GET", webhook + "/deliveries/" + id, null);
        assertThat(shown.at("/attempts/0/http_status").asInt()).isEqualTo(200);
        JsonNode failed = api("GET", webhook + "/deliveries?status=failed&code=5xx", null);
        assertThat(failed.get("data"))
                .as("the test that was refused, and is not tried again")
                .hasSize(1);
        assertThat(failed.at("/data/0/test").asBoolean()).isTrue();
        int count = receiver.requests().size();
        await().atMost(LIMIT)
                .until(() -> api("POST", webhook + "/deliveries/" + id + "/retry", "{}")
                        .has("recovery_id"));
        await().atMost(LIMIT)
                .until(() -> receiver.requests().stream()
                        .skip(count)
                        .anyMatch(request -> id != null && id.equals(request.header("webhook-id"))));
        ReceivedRequest again = last(receiver);
        assertThat(again.bodyText()).isEqualTo(delivered.bodyText());
        assertThat(VendorSamples.ringyo(again, secret)).isTrue();
    }

    private static List<ReceivedRequest> tests(Receiver receiver) {
        return receiver.requests().stream()
                .filter(request -> "true".equals(request.header("webhook-test")))
                .toList();
    }

    private static ReceivedRequest last(Receiver receiver) {
        List<ReceivedRequest> all = receiver.requests();
        return all.get(all.size() - 1);
    }

    private void publishUntil(Receiver receiver, Predicate<ReceivedRequest> wanted) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            publish();
            return wanted.test(last(receiver));
        });
    }

    private void publish() throws IOException, InterruptedException {
        String event = "{\"id\":\"evt_%d\",\"type\":\"call.failed\",\"tenant\":\"acme\",".formatted(++events)
                + "\"occurred_at\":\"2026-01-15T14:31:00Z\",\"data\":{\"call_id\":\"call_2\"}}";
        assertThat(send(ingest, "POST", "/v1/events", event).statusCode()).isEqualTo(202);
    }

    private JsonNode api(String verb, String path, @Nullable String body) throws IOException, InterruptedException {
        return JSON.readTree(send(console, verb, "/v1/webhooks" + path, body).body());
    }

    private HttpResponse<String> send(int port, String verb, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
