package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.access.CreatedKey;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the description with every kind of key. */
@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessMatrixTest {
    private static final Set<String> FOR_EVERYBODY = Set.of("GET /v1/openapi.json", "GET /v1/asyncapi.json");
    /** What has no webhook in its path answers another tenant with its own. */
    private static final String NAMES_A_WEBHOOK = "{webhook_id}";

    private static final String SHOWS_A_DELIVERY = "GET /v1/webhooks/{webhook_id}/deliveries/{delivery_id}";

    private final ApiScene scene;
    private final Set<String> operations = new OpenApiCheck().operations().keySet();
    private int port;
    private String webhookId = "";
    private String manager = "";

    AccessMatrixTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new ApiScene(kafka, folder);
    }

    @BeforeAll
    void start() {
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        scene.tenant("other", "ringyo", true, Limits.NONE);
        scene.tenant("basic", "ringyo", false, Limits.NONE);
        manager = scene.manager("acme");
        port = scene.start().port();
        ApiClient acme = known(manager, 200);
        webhookId = acme.post("/v1/webhooks", ApiScene.NEW).text("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        acme.get("/v1/webhooks/" + webhookId + "/deliveries").status() == 200);
    }

    @AfterAll
    void close() {
        scene.close();
    }

    /** A client whose key is known by now. */
    private ApiClient known(String key, int status) {
        ApiClient client = new ApiClient(port, key);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.get("/v1/webhooks").status() == status);
        return client;
    }

    private Reply ask(ApiClient client, String operation) {
        boolean body = operation.startsWith("POST ") || operation.startsWith("PATCH ");
        return ask(client, operation, webhookId, body ? "{}" : null);
    }

    private static Reply ask(ApiClient client, String operation, String id, @Nullable String body) {
        String[] words = operation.split(" ", 2);
        String target = words[1].replace(NAMES_A_WEBHOOK, id)
                .replace("{delivery_id}", "msg_none")
                .replace("{type}", "call.completed");
        return client.send(words[0], target, body, Map.of());
    }

    private void all(ApiClient client, int status, String code) {
        for (String operation : operations) {
            if (!FOR_EVERYBODY.contains(operation)) {
                Reply reply = ask(client, operation);
                assertThat(reply.status()).as(operation).isEqualTo(status);
                assertThat(reply.code()).as(operation).isEqualTo(code);
                assertThat(reply.body().toString()).as(operation).doesNotContain("hooks.example.com");
            }
        }
    }

    @Test
    void withoutAKeyAndWithWrongOnesNothingIsAnswered() {
        all(new ApiClient(port, null), 401, "unauthorized");
        all(new ApiClient(port, ApiKey.generate(new SecureRandom()).reveal()), 401, "unauthorized");
        all(new ApiClient(port, manager.substring(0, 40)), 401, "unauthorized");
        CreatedKey expiring = scene.key("acme", Optional.of(Instant.now().plusSeconds(1)), Scope.WEBHOOKS_MANAGE);
        all(known(expiring.key().reveal(), 401), 401, "key_expired");
        CreatedKey revoked = scene.key("acme", Optional.empty(), Scope.WEBHOOKS_MANAGE);
        known(revoked.key().reveal(), 200);
        scene.revoke(revoked);
        all(known(revoked.key().reveal(), 401), 401, "key_revoked");
    }

    @Test
    void keysForSomethingElseAreForbidden() {
        CreatedKey producer = scene.key("acme", Optional.empty(), Scope.EVENTS_WRITE);
        all(known(producer.key().reveal(), 403), 403, "insufficient_scope");
        all(known(scene.manager("basic"), 403), 403, "webhooks_not_in_plan");

        CreatedKey reader = scene.key("acme", Optional.empty(), Scope.WEBHOOKS_READ);
        ApiClient reads = known(reader.key().reveal(), 200);
        for (String operation : operations) {
            Reply reply = ask(reads, operation);
            if (operation.startsWith("GET ")) {
                assertThat(reply.status()).as(operation).isEqualTo(operation.equals(SHOWS_A_DELIVERY) ? 404 : 200);
            } else {
                assertThat(reply.code()).as(operation).isEqualTo("insufficient_scope");
            }
        }
    }

    @Test
    void anotherTenantsWebhookIsNone() {
        ApiClient other = known(scene.manager("other"), 200);
        for (String operation : operations) {
            if (operation.contains(NAMES_A_WEBHOOK)) {
                Reply reply = operation.equals("POST /v1/webhooks/{webhook_id}/recoveries")
                        ? other.post(
                                "/v1/webhooks/" + webhookId + "/recoveries", "{\"since\":\"2026-01-15T14:30:00Z\"}")
                        : ask(other, operation);
                assertThat(reply.status()).as(operation).isEqualTo(404);
                assertThat(reply.code()).as(operation).isEqualTo("webhook_not_found");
            }
        }
        assertThat(other.get("/v1/webhooks").body().get("total").asInt()).isZero();
        assertThat(known(manager, 200).get("/v1/webhooks/" + webhookId).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noPathHasAVerbThatIsNotDescribed(Supplier<String> key) {
        ApiClient client = new ApiClient(port, key.get());
        for (String operation : operations) {
            for (String verb : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                String other = verb + operation.substring(operation.indexOf(' '));
                if (!operations.contains(other)) {
                    Reply reply = ask(client, other);
                    assertThat(reply.status()).as(other).isEqualTo(405);
                    assertThat(reply.header("Allow"))
                            .as(other)
                            .contains(operation.split(" ", 2)[0]);
                }
            }
        }
    }

    List<Named<Supplier<String>>> keys() {
        return List.of(Named.of("own key", () -> manager), Named.of("wrong key", () -> "vb_live_x"));
    }

    /** One operation as its owner asks for it. */
    private record Own(String operation, @Nullable String body, int status) {}

    @Test
    void theOwnKeyIsServed() {
        ApiClient acme = known(manager, 200);
        String id = acme.post("/v1/webhooks", ApiScene.NEW).text("id");
        String webhook = "/v1/webhooks/{webhook_id}";
        String since = "\"since\":\"2026-01-15T14:30:00Z\"";
        List<Own> cells = List.of(
                new Own("GET /v1/openapi.json", null, 200),
                new Own("GET /v1/asyncapi.json", null, 200),
                new Own("GET /v1/event-types", null, 200),
                new Own("GET /v1/event-types/{type}", null, 200),
                new Own("POST /v1/webhooks", ApiScene.NEW, 201),
                new Own("GET /v1/webhooks", null, 200),
                new Own("GET " + webhook, null, 200),
                new Own("PATCH " + webhook, "{}", 200),
                new Own("POST " + webhook + "/secret/rotate", "{}", 200),
                new Own("POST " + webhook + "/secret/activate", "{}", 200),
                new Own("POST " + webhook + "/secret/regenerate", "{}", 200),
                // Nothing dispatches here.
                new Own("POST " + webhook + "/test", "{}", 202),
                new Own(SHOWS_A_DELIVERY, null, 404),
                new Own("POST " + webhook + "/deliveries/{delivery_id}/retry", "{}", 404),
                new Own("POST " + webhook + "/recoveries/cancel", "{}", 404),
                new Own("POST " + webhook + "/recoveries", "{\"dry_run\":true," + since + "}", 200),
                new Own("POST " + webhook + "/recoveries", "{" + since + "}", 202),
                new Own("GET " + webhook + "/recoveries", null, 200),
                new Own("GET " + webhook + "/deliveries", null, 200),
                new Own("DELETE " + webhook, null, 200));
        assertThat(cells).extracting(Own::operation).containsAll(operations);
        for (Own cell : cells) {
            Reply reply = ask(acme, cell.operation(), id, cell.body());
            assertThat(reply.status())
                    .as("%s: %s", cell.operation(), reply.body())
                    .isEqualTo(cell.status());
            if (reply.status() == 404) {
                assertThat(reply.code()).isIn("delivery_not_found", "no_recovery");
            }
        }
    }

    @Test
    void tooManyAreTurnedAwayWithTheVendorsHeaders() {
        scene.tenant("slow", "ringyo", true, new Limits(null, 5, null));
        String key = scene.manager("slow");
        ApiClient slow = new ApiClient(port, key);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> slow.get("/v1/webhooks").status() == 429);
        Reply refused = slow.get("/v1/webhooks");
        assertThat(refused.code()).isEqualTo("rate_limited");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("5");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 13);
    }
}
