package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant manages its webhooks over HTTP. */
@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class WebhooksTest {
    private static final String WEBHOOKS = "/v1/webhooks";

    private final ApiScene scene;
    private final ConsoleRole role;
    private final ApiClient acme;
    private final int port;

    WebhooksTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new ApiScene(kafka, folder);
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        scene.tenant("few", "ringyo", true, new Limits(2, null, null));
        scene.tenant("tonic", "ring-tonic", true, Limits.NONE);
        scene.tenant("pages", "ringyo", true, Limits.NONE);
        String key = scene.manager("acme");
        role = scene.start();
        port = role.port();
        acme = new ApiClient(port, key);
    }

    @BeforeAll
    void keyIsKnown() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> acme.get(WEBHOOKS).status() == 200);
    }

    @AfterAll
    void close() {
        scene.close();
    }

    private ApiClient client(String tenant) {
        ApiClient client = new ApiClient(port, scene.manager(tenant));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.get(WEBHOOKS).status() == 200);
        return client;
    }

    private String create() {
        return acme.post(WEBHOOKS, ApiScene.NEW).text("webhook_id");
    }

    @Test
    void theCreateAnswerBeginsWithTheVendorsFields() {
        Reply made = acme.post(WEBHOOKS, ApiScene.NEW);

        assertThat(made.status()).isEqualTo(201);
        List<String> names = new ArrayList<>();
        made.body().fieldNames().forEachRemaining(names::add);
        assertThat(names).startsWith("webhook_id", "secret", "message", "id", "url", "events");
        assertThat(made.text("webhook_id")).matches("wh_[0-9A-Za-z]{22}").isEqualTo(made.text("id"));
        assertThat(made.text("secret")).startsWith("whsec_");
        assertThat(made.text("message")).isEqualTo("Save this signing secret securely. It won't be shown again.");
        assertThat(made.header("Location")).isEqualTo(WEBHOOKS + "/" + made.text("id"));
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.header("X-RateLimit-Limit")).isEqualTo("1000000");
        assertThat(made.header("X-Request-Id")).startsWith("req_");
    }

    @Test
    void whatIsMadeIsShownListedChangedAndDeleted() {
        String path = WEBHOOKS + "/" + create();
        Reply shown = acme.get(path);
        assertThat(shown.text("status")).isEqualTo("active");
        assertThat(shown.body().has("secret")).isFalse();
        assertThat(acme.get(WEBHOOKS + "?limit=100").body().get("data")).contains(shown.body());

        Reply changed = acme.patch(
                path,
                "{\"events\":[\"*\"],\"description\":\"CRM\",\"metadata\":{\"team\":\"a\"},\"max_per_second\":2.5,"
                        + "\"retry_delays\":[\"5s\"],\"url\":\"https://other.example.com/\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.body().at("/metadata/team").asText()).isEqualTo("a");
        assertThat(acme.get(path).body()).isEqualTo(changed.body());
        assertThat(acme.patch(path, "{\"description\":\"CRM\"}").header("ETag"))
                .as("nothing is otherwise")
                .isEqualTo("\"2\"");
        JsonNode defaults = acme.patch(path, "{\"max_per_second\":null,\"retry_delays\":null}")
                .body();
        assertThat(List.of(
                        defaults.get("max_per_second").isNull(),
                        defaults.get("retry_delays").isNull()))
                .containsOnly(true);

        assertThat(acme.delete(path).body().toString())
                .isEqualTo("{\"id\":\"%s\",\"deleted\":true}".formatted(shown.text("id")));
        assertThat(acme.get(path).code()).isEqualTo("webhook_not_found");
        assertThat(acme.delete(path).status()).isEqualTo(404);
    }

    @Test
    void statusSwitchesOffAndOnAndRevivesWhatWasDisabled() {
        String id = create();
        String path = WEBHOOKS + "/" + id;
        assertThat(acme.patch(path, "{\"status\":\"inactive\"}").text("status")).isEqualTo("inactive");
        assertThat(acme.patch(path, "{\"status\":\"active\"}").text("status")).isEqualTo("active");

        scene.deployment.report(new EndpointStatus(
                "acme", id, 2, EndpointStatus.State.DISABLED, 10, "consecutive_failures", 1_768_487_400_000L));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !acme.get(path).body().get("disabled").isNull());
        Reply disabled = acme.get(path);
        assertThat(disabled.text("status")).isEqualTo("inactive");
        assertThat(disabled.body().at("/disabled/reason").asText()).isEqualTo("consecutive_failures");
        assertThat(acme.patch(path, "{\"status\":\"active\"}").text("status")).isEqualTo("active");
    }

    @Test
    void aLostUpdateIsRefused() {
        String path = WEBHOOKS + "/" + create();
        Map<String, String> first = Map.of("If-Match", "\"1\"");
        assertThat(acme.send("PATCH", path, "{\"description\":\"a\"}", first).status())
                .isEqualTo(200);

        Reply late = acme.send("PATCH", path, "{\"description\":\"b\"}", first);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("revision_mismatch");
        assertThat(acme.get(path).text("description")).isEqualTo("a");
        assertThat(acme.send("DELETE", path, null, first).status()).isEqualTo(412);
        assertThat(acme.send("PATCH", path, "{}", Map.of("If-Match", "2")).code())
                .isEqualTo("invalid_if_match");
        assertThat(acme.send("DELETE", path, null, Map.of("If-Match", "\"2\"")).status())
                .isEqualTo(200);
    }

    @Test
    void pagesGoThroughAllOnceNewestFirst() {
        ApiClient pages = client("pages");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, pages.post(WEBHOOKS, ApiScene.NEW).text("id"));
        }
        List<String> seen = new ArrayList<>();
        String target = WEBHOOKS + "?limit=2";
        Reply page = pages.get(target);
        while (true) {
            page.body()
                    .get("data")
                    .forEach(webhook -> seen.add(webhook.get("id").asText()));
            assertThat(page.body().get("total").asInt()).isEqualTo(5);
            if (!page.body().get("has_more").asBoolean()) {
                break;
            }
            page = pages.get(target + "&cursor=" + page.text("next_cursor"));
        }
        assertThat(new HashSet<>(seen)).hasSize(5);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(pages.get(WEBHOOKS + "?status=inactive").body().get("total").asInt())
                .isZero();
    }

    @Test
    void aRotationGoesOverBothSecrets() {
        String path = WEBHOOKS + "/" + create();
        assertThat(acme.post(path + "/secret/activate", "{}").code()).isEqualTo("no_rotation");
        Reply rotated = acme.post(path + "/secret/rotate", "{}");
        assertThat(rotated.text("secret")).startsWith("whsec_");
        assertThat(rotated.body().at("/secret_rotation/state").asText()).isEqualTo("pending");
        assertThat(acme.post(path + "/secret/rotate", "{}").code()).isEqualTo("rotation_pending");
        Reply activated = acme.send("POST", path + "/secret/activate", null, Map.of());
        assertThat(activated.body().at("/secret_rotation/state").asText()).isEqualTo("retiring");
        String own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        Reply regenerated = acme.post(path + "/secret/regenerate", "{\"secret\":\"" + own + "\"}");
        assertThat(regenerated.text("secret")).isEqualTo(own);
        assertThat(regenerated.body().at("/secret_rotation/state").asText()).isEqualTo("none");
        assertThat(regenerated.header("ETag")).isEqualTo("\"4\"");
    }

    @Test
    void aVendorWithOneSignatureHasNoRotation() {
        ApiClient tonic = client("tonic");
        Reply made = tonic.post(WEBHOOKS, "{\"url\":\"https://hooks.example.com/in\",\"events\":[\"call.missed\"]}");
        assertThat(made.text("profile")).isEqualTo("ring-tonic");
        assertThat(tonic.post(WEBHOOKS + "/" + made.text("id") + "/secret/rotate", "{}")
                        .code())
                .isEqualTo("rotation_not_supported");
    }

    @Test
    void aTenantHasAsManyAsItMay() {
        ApiClient few = client("few");
        assertThat(few.post(WEBHOOKS, ApiScene.NEW).status()).isEqualTo(201);
        assertThat(few.post(WEBHOOKS, ApiScene.NEW).status()).isEqualTo(201);
        Reply refused = few.post(WEBHOOKS, ApiScene.NEW);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("webhook_limit_reached");
    }

    @Test
    void everyDocumentedTypeHasSchemaAndSample() {
        Reply types = acme.get("/v1/event-types");
        assertThat(types.body().get("data")).hasSize(14);
        types.body().get("data").forEach(type -> {
            Reply one = acme.get("/v1/event-types/" + type.get("type").asText());
            assertThat(one.status()).isEqualTo(200);
            assertThat(one.body().at("/sample/event")).isEqualTo(type.get("type"));
            assertThat(one.body().at("/sample/data")).isNotEmpty();
        });
        assertThat(acme.get("/v1/event-types/none").code()).isEqualTo("event_type_not_found");
        assertThat(acme.get("/v1/event-types?profile=ring-tonic").body().get("data"))
                .hasSize(9);
        assertThat(acme.get("/v1/event-types?profile=x").code()).isEqualTo("invalid_profile");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POST  | /v1/webhooks | {                              | 400 | invalid_json
            POST  | /v1/webhooks | []                             | 400 | invalid_json
            POST  | /v1/webhooks | {"url":"x","url":"y"}          | 400 | invalid_json
            POST  | /v1/webhooks | {} {}                          | 400 | invalid_json
            POST  | /v1/webhooks | {}                             | 422 | invalid_url
            POST  | /v1/webhooks | {"url":null,"events":["*"]}    | 422 | invalid_url
            POST  | /v1/webhooks | {"url":1,"events":["*"]}       | 422 | invalid_url
            POST  | /v1/webhooks | {"url":"ftp://a.b","events":["*"]} | 422 | invalid_url
            POST  | /v1/webhooks | {"url":"https://10.0.0.1/","events":["*"]} | 422 | invalid_url
            POST  | /v1/webhooks | {"url":"https://a.example/"}   | 422 | invalid_events
            POST  | /v1/webhooks | {"url":"https://a.example/","events":"*"} | 422 | invalid_events
            POST  | /v1/webhooks | {"url":"https://a.example/","events":[1]} | 422 | invalid_events
            POST  | /v1/webhooks | {"url":"https://a.example/","events":[]}  | 422 | invalid_events
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["call.complete"]} | 422 | invalid_events
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["*"],"secret":"short"} | 422 | invalid_secret
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["*"],"profile":"none"} | 422 | invalid_profile
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["*"],"metadata":{"a":1}} | 422 | invalid_metadata
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["*"],"max_per_second":0} | 422 | invalid_max_per_second
            POST  | /v1/webhooks | {"url":"https://a.example/","events":["*"],"retry_delays":["3s"]} | 422 | invalid_retry_delays
            POST  | /v1/webhooks | {"ulr":"https://a.example/"}   | 422 | unknown_field
            POST  | /v1/webhooks?x=1 | {}                         | 400 | unknown_parameter
            GET   | /v1/webhooks?limit=0     |                    | 400 | invalid_limit
            GET   | /v1/webhooks?limit=101   |                    | 400 | invalid_limit
            GET   | /v1/webhooks?limit=1&limit=2 |                | 400 | invalid_limit
            GET   | /v1/webhooks?cursor=zzz  |                    | 400 | invalid_cursor
            GET   | /v1/webhooks?status=on   |                    | 400 | invalid_status
            GET   | /v1/webhooks/wh_none     |                    | 404 | webhook_not_found
            PATCH | /v1/webhooks/wh_none     | {"status":"active"} | 404 | webhook_not_found
            PATCH | /v1/webhooks/wh_none     | {"status":"failing"} | 422 | invalid_status
            POST  | /v1/webhooks/wh_none/test | {}                  | 404 | webhook_not_found
            POST  | /v1/webhooks/wh_none/test | {"event":1}         | 422 | invalid_event
            GET   | /v1/webhooks/wh_none/deliveries | | 404 | webhook_not_found
            GET   | /v1/webhooks/wh_none/deliveries/msg_1 | | 404 | webhook_not_found
            GET   | /v1/webhooks/wh_none/deliveries?status=on | | 400 | invalid_status
            GET   | /v1/webhooks/wh_none/deliveries?code=2xx,6xx | | 400 | invalid_code
            GET   | /v1/webhooks/wh_none/deliveries?limit=0 | | 400 | invalid_limit
            GET   | /v1/webhooks/wh_none/deliveries?from=today | | 400 | invalid_from
            GET   | /v1/webhooks/wh_none/deliveries?from=1960-01-15T14:30:00Z | | 400 | invalid_from
            GET   | /v1/webhooks/wh_none/deliveries?from=2026-01-15T14:30:00Z&until=2026-01-15T14:30:00Z | | 400 | invalid_until
            POST  | /v1/webhooks/wh_none/recoveries | {}            | 422 | invalid_since
            POST  | /v1/webhooks/wh_none/recoveries | {"since":"1"} | 422 | invalid_since
            POST  | /v1/webhooks/wh_none/recoveries | {"since":"2026-01-15T14:30:00Z","kind":"all"} | 422 | invalid_kind
            GET   | /v1/webhooks/%00%2F..    |                    | 400 | bad_request
            GET   | /v1/webhooks/%C3%A9      |                    | 404 | webhook_not_found
            GET   | /v1/nothing              |                    | 404 | not_found
            PUT   | /v1/webhooks             | {}                 | 405 | method_not_allowed
            """)
    void badInputIsRefusedWithItsCode(String verb, String target, String body, int status, String code) {
        Reply refused = acme.send(verb, target, body, Map.of());
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().at("/meta/request_id").asText()).isEqualTo(refused.header("X-Request-Id"));
    }

    @Test
    void whatIsNoHttpIsAnsweredInTheSameShape() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /v1/webhooks HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n".getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
        }
    }

    @Test
    void theRefusalSaysWhereAndWhat() {
        assertThat(acme.send("PUT", WEBHOOKS, "{}", Map.of()).header("Allow")).isEqualTo("GET, POST");
        Reply json = acme.post(WEBHOOKS, "{\"url\": whsec_hidden}");
        assertThat(json.body().at("/error/details/line").asInt()).isEqualTo(1);
        assertThat(json.body().toString()).doesNotContain("hidden");
        assertThat(acme.post(WEBHOOKS, "{\"ulr\":1}")
                        .body()
                        .at("/error/message")
                        .asText())
                .contains("did you mean url?");
        assertThat(acme.send("POST", WEBHOOKS, "{}", Map.of("Content-Type", "text/plain"))
                        .code())
                .isEqualTo("unsupported_media_type");
        assertThat(acme.post(WEBHOOKS, "{\"url\":\"" + "x".repeat(70_000) + "\"}")
                        .code())
                .isEqualTo("body_too_large");
        assertThat(acme.post(WEBHOOKS, ApiScene.NEW.replace("]", "],\"description\":\"" + "x".repeat(101) + "\""))
                        .body()
                        .at("/error/details/field")
                        .asText())
                .isEqualTo("description");
    }

    @Test
    void theDescriptionIsServedToEverybodyAndHasEveryRouteAndCode() {
        assertThat(new ApiClient(port, null).get(OpenApi.PATH).text("openapi")).isEqualTo("3.1.1");
        OpenApiCheck description = new OpenApiCheck();
        description.checkReferences();
        assertThat(role.routes().all())
                .extracting(route -> route.verb() + " " + route.path())
                .containsExactlyInAnyOrderElementsOf(description.operations().keySet());
        assertThat(description.codes())
                .containsAll(Arrays.stream(Refusal.values()).map(Refusal::code).toList())
                .containsAll(Arrays.stream(RecoveryRefused.Code.values())
                        .map(RecoveryRefused.Code::wireName)
                        .toList())
                .containsAll(Arrays.stream(InvalidEndpoint.Code.values())
                        .filter(code -> code != InvalidEndpoint.Code.INVALID_NAME
                                && code != InvalidEndpoint.Code.INVALID_TENANT)
                        .map(InvalidEndpoint.Code::wireName)
                        .toList());
    }
}
