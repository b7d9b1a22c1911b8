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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the description with every kind of key. */
@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessMatrixTest {
    private static final Set<String> FOR_EVERYBODY = Set.of("GET /v1/openapi.json");
    /** What has no webhook in its path answers another tenant with its own. */
    private static final String NAMES_A_WEBHOOK = "{webhook_id}";

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
    }

    @AfterAll
    void close() {
        scene.close();
    }

    /** A client whose key is known by now. */
    private ApiClient known(String key, int status) {
        ApiClient client = new ApiClient(port, key);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> client.get("/v1/webhooks").status() == status);
        return client;
    }

    private Reply ask(ApiClient client, String operation) {
        String[] words = operation.split(" ", 2);
        String target = words[1]
                .replace(NAMES_A_WEBHOOK, webhookId)
                .replace("{delivery_id}", "msg_none")
                .replace("{type}", "call.completed");
        boolean body = words[0].equals("POST") || words[0].equals("PATCH");
        return client.send(words[0], target, body ? "{}" : null, Map.of());
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
        CreatedKey expiring = scene.key(
                "acme", Optional.of(Instant.now().plusSeconds(1)), Scope.WEBHOOKS_MANAGE);
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
                assertThat(reply.status()).as(operation).isEqualTo(200);
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
        assertThat(known(manager, 200).get("/v1/webhooks/" + webhookId).status()).isEqualTo(200);
    }

    @Test
    void theOwnKeyIsServed() {
        ApiClient acme = known(manager, 200);
        for (String operation : operations) {
            if (operation.startsWith("GET ")) {
                assertThat(ask(acme, operation).status()).as(operation).isEqualTo(200);
            }
        }
        String path = "/v1/webhooks/" + acme.post("/v1/webhooks", ApiScene.NEW).text("id");
        assertThat(acme.patch(path, "{}").status()).isEqualTo(200);
        assertThat(acme.post(path + "/secret/rotate", "{}").status()).isEqualTo(200);
        assertThat(acme.post(path + "/secret/activate", "{}").status()).isEqualTo(200);
        assertThat(acme.post(path + "/secret/regenerate", "{}").status()).isEqualTo(200);
        assertThat(acme.post(path + "/deliveries/msg_none/retry", "{}").code()).isEqualTo("delivery_not_found");
        assertThat(acme.post(path + "/recoveries/cancel", "{}").code()).isEqualTo("no_recovery");
        Reply counted = acme.post(path + "/recoveries", "{\"since\":\"2026-01-15T14:30:00Z\",\"dry_run\":true}");
        assertThat(counted.body().get("found").asInt()).isZero();
        Reply begun = acme.post(path + "/recoveries", "{\"since\":\"2026-01-15T14:30:00Z\"}");
        assertThat(begun.status()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> acme.get(path + "/recoveries").body().at("/data/0/state").asText().equals("done"));
        assertThat(acme.delete(path).status()).isEqualTo(200);
    }

    @Test
    void tooManyAreTurnedAwayWithTheVendorsHeaders() {
        scene.tenant("slow", "ringyo", true, new Limits(null, 5, null));
        String key = scene.manager("slow");
        ApiClient slow = new ApiClient(port, key);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> slow.get("/v1/webhooks").status() == 429);
        Reply refused = slow.get("/v1/webhooks");
        assertThat(refused.code()).isEqualTo("rate_limited");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("5");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 13);
    }
}
