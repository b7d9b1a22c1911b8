package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A tenant sends tests; the test stands in for the dispatcher. */
@ExtendWith(KafkaExtension.class)
class SendTestTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaCluster kafka;
    private final ApiScene scene;
    private final ApiClient acme;

    SendTestTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        scene = new ApiScene(kafka, folder);
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        acme = new ApiClient(scene.start().port(), scene.manager("acme"));
        Awaitility.await().atMost(LIMIT).until(() -> acme.get("/v1/webhooks").status() == 200);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private String create(String body) {
        return "/v1/webhooks/" + acme.post("/v1/webhooks", body).text("id");
    }

    private List<ConsumerRecord<byte[], byte[]>> sent(int count) {
        return kafka.awaitRecords(scene.deployment.topics().deliveries(), count, LIMIT);
    }

    @Test
    void theAnswerTellsWhatTheEndpointSaid() throws Exception {
        String path = create(ApiScene.NEW);
        Map<String, String> once = Map.of("Idempotency-Key", "test-1");
        CompletableFuture<Reply> asked = CompletableFuture.supplyAsync(
                () -> acme.send("POST", path + "/test", "{\"event\":\"call.failed\"}", once));
        ConsumerRecord<byte[], byte[]> record = sent(1).get(0);
        Delivery delivery = DeliveryHeaders.read(record.headers());
        assertThat(delivery.test()).isTrue();
        assertThat(delivery.eventType()).isEqualTo("call.failed");
        assertThat(path).endsWith(delivery.endpoint().webhookId());
        JsonNode body = new ObjectMapper().readTree(record.value());
        assertThat(body.get("event").asText()).isEqualTo("call.failed");
        assertThat(body.get("webhook_id").asText())
                .isEqualTo(delivery.endpoint().webhookId());
        assertThat(body.get("data"))
                .isEqualTo(acme.get("/v1/event-types/call.failed").body().at("/sample/data"));

        attempted(record, delivery, AttemptResult.SERVER_ERROR, 503, AttemptRow.Decision.EXHAUSTED);
        Reply answer = asked.get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("delivery_id")).isEqualTo(delivery.id());
        assertThat(answer.text("outcome")).isEqualTo("failed");
        assertThat(answer.text("reason")).isEqualTo("server_error");
        assertThat(answer.body().at("/attempt/http_status").asInt()).isEqualTo(503);
        assertThat(answer.body().at("/attempt/duration_ms").asInt()).isEqualTo(12);

        String deliveries = path + "/deliveries";
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> acme.get(deliveries + "/" + delivery.id()).status() == 200);
        Reply shown = acme.get(deliveries + "/" + delivery.id());
        assertThat(shown.body().get("test").asBoolean()).isTrue();
        assertThat(shown.body().at("/attempts/0/result").asText()).isEqualTo("server_error");
        Reply listed = acme.get(deliveries + "?code=5xx&event=call.failed,call.completed&from=2026-01-01T00:00:00Z");
        assertThat(listed.body().at("/data/0/delivery_id").asText()).isEqualTo(delivery.id());
        assertThat(acme.get(deliveries + "?code=2xx").body().get("data")).isEmpty();
        assertThat(acme.get(deliveries + "?cursor=zzz").code()).isEqualTo("invalid_cursor");

        Reply again = acme.send("POST", path + "/test", "{\"event\":\"call.failed\"}", once);
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(sent(1)).as("a repeat sends nothing").hasSize(1);
        assertThat(kafka.readAll(scene.deployment.topics().audit()))
                .extracting(row -> Wire.read(row.value(), AuditRow.class))
                .filteredOn(row -> row.action() == Action.TEST_SENT)
                .singleElement()
                .satisfies(row -> assertThat(row.details())
                        .containsEntry("delivery_id", delivery.id())
                        .containsEntry("event", "call.failed"));
    }

    @Test
    void whatIsDiscardedIsTold() throws Exception {
        String path = create(ApiScene.NEW);
        CompletableFuture<Reply> asked = CompletableFuture.supplyAsync(() -> acme.post(path + "/test", "{}"));
        ConsumerRecord<byte[], byte[]> record = sent(1).get(0);
        Delivery delivery = DeliveryHeaders.read(record.headers());
        assertThat(delivery.eventType()).as("the first of the profile").isEqualTo("call.completed");
        OutcomeRow row = new OutcomeRow(
                delivery.id(),
                delivery.eventId(),
                delivery.eventType(),
                "acme",
                delivery.endpoint().webhookId(),
                "ringyo",
                OutcomeRow.Outcome.DISCARDED,
                OutcomeRow.REASON_DELETED,
                0,
                null,
                delivery.occurredAtMs(),
                delivery.occurredAtMs(),
                true,
                record.partition(),
                record.offset(),
                0,
                0,
                null);
        kafka.send(
                scene.deployment.topics().deliveryOutcomes(),
                record.partition(),
                record.key(),
                Wire.write(row),
                Map.of());
        Reply answer = asked.get();
        assertThat(answer.text("outcome")).isEqualTo("discarded");
        assertThat(answer.text("reason")).isEqualTo("endpoint_deleted");
        assertThat(answer.body().get("attempt").isNull()).isTrue();
    }

    @Test
    void onlyWhatTheWebhookAsksForIsSent() {
        String path = create(ApiScene.NEW);
        Reply other = acme.post(path + "/test", "{\"event\":\"agent.created\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("event_not_subscribed");
        assertThat(other.body().at("/error/details/field").asText()).isEqualTo("event");
        assertThat(acme.post(path + "/test", "{\"event\":\"a b\"}").code()).isEqualTo("invalid_event");

        String any = create("{\"url\":\"https://hooks.example.com/\",\"events\":[\"*\"],\"profile\":\"standard\"}");
        assertThat(acme.post(any + "/test", "{}").code()).isEqualTo("invalid_event");
        assertThat(acme.post(any + "/test", "{\"event\":\"endpoint.disabled\"}").code())
                .as("not by *")
                .isEqualTo("event_not_subscribed");

        acme.patch(path, "{\"status\":\"inactive\"}");
        Reply off = acme.post(path + "/test", "{}");
        assertThat(off.status()).isEqualTo(409);
        assertThat(off.code()).isEqualTo("endpoint_disabled");
        assertThat(kafka.readAll(scene.deployment.topics().deliveries())).isEmpty();
    }

    private void attempted(
            ConsumerRecord<byte[], byte[]> record,
            Delivery delivery,
            AttemptResult result,
            int status,
            AttemptRow.Decision decision) {
        AttemptRow row = new AttemptRow(
                AttemptRow.Kind.ATTEMPT,
                delivery.id(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.endpoint().tenant(),
                delivery.endpoint().webhookId(),
                delivery.profile(),
                delivery.activation(),
                1,
                1,
                result,
                status,
                decision,
                null,
                delivery.occurredAtMs(),
                12,
                true,
                delivery.occurredAtMs(),
                record.partition(),
                record.offset(),
                0,
                0,
                "d",
                null);
        kafka.send(
                scene.deployment.topics().deliveryAttempts(),
                record.partition(),
                delivery.endpoint().webhookId().getBytes(UTF_8),
                Wire.write(row),
                Map.of());
    }
}
