package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.console.log.LogRows;
import dev.hookswitch.console.log.LogWriter;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant reads what became of its deliveries, at any of two instances that share the log. */
@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DeliveriesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ApiScene scene;
    private final LogWriter writer;
    private final List<ApiClient> instances = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    DeliveriesTest(KafkaCluster kafka, @TempDir Path folder) throws IOException {
        scene = new ApiScene(kafka, folder);
        writer = new LogWriter(scene.deployment);
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        String key = scene.manager("acme");
        for (int i = 0; i < 2; i++) {
            int port = freePort();
            Map<String, String> peers = Map.of(
                    "console.peers.url",
                    "http://127.0.0.1:" + port,
                    "console.peers.port",
                    Integer.toString(port),
                    "console.peers.secret",
                    "a secret of sixteen");
            instances.add(new ApiClient(scene.start(peers, handler -> handler).port(), key));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @BeforeAll
    void keyIsKnown() {
        for (ApiClient instance : instances) {
            await().atMost(LIMIT).until(() -> instance.get("/v1/webhooks").status() == 200);
        }
    }

    @AfterAll
    void close() {
        scene.close();
    }

    /** A webhook that both instances know. */
    private EndpointId create() {
        String id = instances.get(0).post("/v1/webhooks", ApiScene.NEW).text("id");
        await().atMost(LIMIT)
                .until(() -> instances.get(1).get("/v1/webhooks/" + id).status() == 200);
        return new EndpointId("acme", id);
    }

    private static String deliveries(EndpointId endpoint) {
        return "/v1/webhooks/" + endpoint.webhookId() + "/deliveries";
    }

    private LogRows arrived(EndpointId endpoint, int secondsAgo) {
        LogRows rows = LogRows.of(endpoint, "evt_" + secondsAgo, now.minusSeconds(secondsAgo));
        writer.write(rows.delivered(1, now));
        writer.write(rows.outcome(Outcome.DELIVERED, now));
        return rows;
    }

    /** As soon as the instance shows so many. */
    private static Reply awaitCount(ApiClient instance, String target, int count) {
        return await().atMost(LIMIT)
                .until(
                        () -> instance.get(target),
                        reply -> reply.status() == 200
                                && reply.body().get("data").size() == count);
    }

    private static List<String> ids(Reply reply) {
        List<String> ids = new ArrayList<>();
        reply.body()
                .get("data")
                .forEach(delivery -> ids.add(delivery.get("delivery_id").asText()));
        return ids;
    }

    @Test
    void whicheverInstanceIsAskedAnswersForEveryWebhook() {
        // Enough for both to have some of them.
        for (int i = 0; i < 6; i++) {
            EndpointId endpoint = create();
            LogRows rows = arrived(endpoint, 5);
            for (ApiClient instance : instances) {
                assertThat(ids(awaitCount(instance, deliveries(endpoint), 1))).containsExactly(rows.id());
                Reply one = instance.get(deliveries(endpoint) + "/" + rows.id());
                assertThat(one.text("status")).isEqualTo("delivered");
                assertThat(one.body().get("attempts")).hasSize(1);
            }
        }
    }

    @Test
    void aDeliveryIsToldWithItsAttempts() {
        EndpointId endpoint = create();
        LogRows rows = LogRows.of(endpoint, "evt_1", now.minusSeconds(60));
        writer.write(rows.retried(1, now.minusSeconds(50)));
        ApiClient instance = instances.get(1);
        JsonNode waiting = awaitCount(instance, deliveries(endpoint), 1).body().at("/data/0");
        assertThat(waiting.get("status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/next_attempt/attempt").asInt()).isEqualTo(2);
        assertThat(waiting.get("ended_at").isNull()).isTrue();

        writer.write(rows.delivered(2, now.minusSeconds(20)));
        writer.write(rows.outcome(Outcome.DELIVERED, now.minusSeconds(19)));
        awaitCount(instance, deliveries(endpoint) + "?status=delivered", 1);

        JsonNode told = instance.get(deliveries(endpoint) + "/" + rows.id()).body();
        assertThat(told.get("event_id").asText()).isEqualTo("evt_1");
        assertThat(told.get("event").asText()).isEqualTo("call.completed");
        assertThat(told.get("reason").asText()).isEqualTo("success");
        assertThat(told.get("ended_at").asText()).isEqualTo(now.minusSeconds(19).toString());
        assertThat(told.at("/attempts/0/result").asText()).isEqualTo("server_error");
        assertThat(told.at("/attempts/0/http_status").asInt()).isEqualTo(503);
        assertThat(told.at("/attempts/0/decision").asText()).isEqualTo("retry");
        assertThat(told.at("/attempts/1/http_status").asInt()).isEqualTo(200);
        assertThat(told.at("/attempts/1/started_at").asText())
                .isEqualTo(now.minusSeconds(20).toString());
    }

    @Test
    void pagesGoOnWhereTheyEndedWhileNewOnesCome() {
        EndpointId endpoint = create();
        Set<String> first = new HashSet<>();
        for (int ago = 100; ago < 125; ago++) {
            first.add(arrived(endpoint, ago).id());
        }
        ApiClient instance = instances.get(0);
        awaitCount(instance, deliveries(endpoint) + "?limit=100", 25);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        int newer = 99;
        do {
            Reply page = instance.get(deliveries(endpoint) + "?limit=10" + cursor);
            seen.addAll(ids(page));
            cursor = page.body().get("has_more").asBoolean() ? "&cursor=" + page.text("next_cursor") : "";
            arrived(endpoint, newer--);
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void filtersHoldTogether() {
        EndpointId endpoint = create();
        LogRows good = arrived(endpoint, 10);
        LogRows bad = LogRows.of(endpoint, "evt_bad", now.minusSeconds(20)).ofType("call.failed");
        writer.write(bad.retried(1, now));
        writer.write(bad.outcome(Outcome.FAILED, now));
        LogRows skipped = LogRows.of(endpoint, "evt_skipped", now.minusSeconds(30));
        writer.write(skipped.outcome(Outcome.SKIPPED, now));
        ApiClient instance = instances.get(0);
        String path = deliveries(endpoint);
        assertThat(ids(awaitCount(instance, path, 3))).containsExactly(good.id(), bad.id(), skipped.id());

        assertThat(ids(instance.get(path + "?status=failed,skipped"))).containsExactly(bad.id(), skipped.id());
        assertThat(ids(instance.get(path + "?event=call.failed"))).containsExactly(bad.id());
        assertThat(ids(instance.get(path + "?code=5xx,none"))).containsExactly(bad.id(), skipped.id());
        assertThat(ids(instance.get(path + "?status=failed&code=2xx"))).isEmpty();
        assertThat(ids(instance.get(path + "?from=" + now.minusSeconds(20) + "&until=" + now.minusSeconds(10))))
                .containsExactly(bad.id());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, invalid_limit, limit",
        "limit=101, invalid_limit, limit",
        "cursor=x, invalid_cursor, cursor",
        "status=done, invalid_status, status",
        "'status=failed,', invalid_status, status",
        "code=200, invalid_code, code",
        "from=yesterday, invalid_from, from",
        "until=1969-12-31T23:59:59Z, invalid_until, until",
        "from=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z, invalid_until, until",
        "status=failed&status=failed, invalid_status, status"
    })
    void badParametersAreRefusedWithTheirNameAndRule(String query, String code, String field) {
        EndpointId endpoint = create();

        Reply refused = instances.get(0).get(deliveries(endpoint) + "?" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.body().at("/error/details/field").asText()).isEqualTo(field);
        assertThat(refused.body().at("/error/message").asText()).contains(field);
    }

    @Test
    void otherParametersAreRefused() {
        Reply refused = instances.get(0).get(deliveries(create()) + "?page=2");

        assertThat(refused.code()).isEqualTo("unknown_parameter");
        assertThat(refused.body().at("/error/details/field").asText()).isEqualTo("page");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        EndpointId endpoint = create();
        LogRows rows = arrived(create(), 5);

        for (String id : List.of(rows.id(), "msg_none", "x")) {
            Reply reply = await().atMost(LIMIT)
                    .until(
                            () -> instances.get(0).get(deliveries(endpoint) + "/" + id),
                            answer -> answer.status() != 503);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("delivery_not_found");
        }
        assertThat(instances.get(0).get("/v1/webhooks/wh_none/deliveries").code())
                .isEqualTo("webhook_not_found");
        assertThat(instances
                        .get(0)
                        .get("/v1/webhooks/wh_none/deliveries/" + rows.id())
                        .code())
                .isEqualTo("webhook_not_found");
    }
}
