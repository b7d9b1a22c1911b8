package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.ingest.IngestClient.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch is taken whole or not at all. */
class BatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<String, String> SMALL =
            Map.of("events.max-bytes", "500", "ingest.batch.max-events", "5", "ingest.batch.max-bytes", "2000");

    private final List<String> asked = new ArrayList<>();
    private final MockedIngest ingest =
            new MockedIngest(true, TestKeys.make("acme", Scope.EVENTS_WRITE), this::problems, SMALL);
    private final IngestClient client = ingest.client();

    private List<Problem> problems(DomainEvent event) {
        asked.add(event.tenant() + " " + event.id());
        return event.id().startsWith("bad")
                ? List.of(
                        new Problem(Problem.Reason.SCHEMA, "/data/a", "a must be a number"),
                        new Problem(Problem.Reason.SCHEMA, "/data/b", "b must be a text"))
                : List.of();
    }

    @AfterEach
    void close() {
        ingest.close();
    }

    @Test
    void isWrittenInItsOrderAsItCame() {
        String spaced = event("evt_2").replace(",", " ,\n ");

        Reply reply = client.post("[ " + event("evt_1") + ",\n" + spaced + " ]");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.response().body()).isEqualTo("{\"ids\":[\"evt_1\",\"evt_2\"]}");
        assertThat(texts(ingest.written())).containsExactly(event("evt_1"), spaced);
        assertThat(ingest.kafka.history())
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("acme".getBytes(UTF_8)));
    }

    @Test
    void ofOneEventIsABatch() {
        assertThat(client.post("[" + event("evt_1") + "]").response().body()).isEqualTo("{\"ids\":[\"evt_1\"]}");
        assertThat(client.post(event("evt_1")).response().body()).isEqualTo("{\"id\":\"evt_1\"}");
    }

    @Test
    void thatHoldsAnythingWrongIsNotWrittenAndEveryProblemIsNamed() {
        String nameless = event("evt_3").replace("\"tenant\":\"acme\",", "");

        Reply reply = client.post("[" + event("evt_1") + "," + event("bad_2") + "," + nameless + ",7]");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("schema");
        assertThat(reply.body().at("/error/details/pointer").asText()).isEqualTo("/1/data/a");
        assertThat(StreamSupport.stream(
                                reply.body().at("/error/details/problems").spliterator(), false)
                        .map(BatchTest::text))
                .containsExactly("/1/data/a schema", "/1/data/b schema", "/2/tenant missing_field", "/3 not_an_object");
        assertThat(ingest.written()).isEmpty();
    }

    @Test
    void mayHoldAnEventTwice() {
        String again = event("evt_1").replace(",", " , ");

        Reply reply = client.post("[" + event("evt_1") + "," + event("evt_2") + "," + again + "]");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.response().body()).isEqualTo("{\"ids\":[\"evt_1\",\"evt_2\",\"evt_1\"]}");
        assertThat(texts(ingest.written())).containsExactly(event("evt_1"), event("evt_2"), again);
    }

    @Test
    void mayNotHoldAnIdWithTwoContents() {
        String other = event("evt_1").replace("\"data\":{", "\"data\":{\"other\":1");

        Reply reply = client.post("[" + event("evt_1") + "," + event("evt_2") + "," + other + "]");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("invalid_field");
        assertThat(reply.body().at("/error/details/pointer").asText()).isEqualTo("/2/id");
        assertThat(reply.body().at("/error/message").asText()).contains("event 0 of the batch");
        assertThat(ingest.written()).isEmpty();
    }

    /** Not even what another tenant's endpoints can take is told. */
    @Test
    void mayNotHoldAnotherTenantsEvent() {
        Reply reply = client.post("[" + event("evt_1") + "," + event("bad_2").replace("acme", "beta") + "]");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("wrong_tenant");
        assertThat(reply.body().at("/error/details/pointer").asText()).isEqualTo("/1/tenant");
        assertThat(asked).containsExactly("acme evt_1");
        assertThat(ingest.written()).isEmpty();
    }

    @Test
    void hasBoundsInEventsAndBytes() {
        assertThat(client.post(batch(5)).status()).isEqualTo(202);
        assertThat(client.post(batch(6)).status()).isEqualTo(413);
        String large = event("evt_1").replace("{}", "{\"a\":\"" + "x".repeat(500) + "\"}");
        Reply one = client.post("[" + event("evt_0") + "," + large + "]");
        assertThat(one.status()).isEqualTo(413);
        assertThat(one.body().at("/error/details/pointer").asText()).isEqualTo("/1");
        assertThat(client.post(batch(1) + " ".repeat(2000)).status()).isEqualTo(413);
        assertThat(ingest.written()).hasSize(5);
    }

    @Test
    void isNotAnsweredBeforeAllOfItIsAcknowledged() throws Exception {
        try (MockedIngest slow = new MockedIngest(
                false, TestKeys.makeProducer(), event -> List.of(), Map.of("ingest.acknowledgement-timeout", "60s"))) {
            CompletableFuture<Reply> reply = slow.client().postAsync(batch(3));
            await().atMost(LIMIT).until(() -> slow.written().size() == 3);
            slow.kafka.completeNext();
            slow.kafka.completeNext();
            assertThat(reply).isNotDone();
            slow.kafka.completeNext();
            assertThat(reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(202);

            CompletableFuture<Reply> half = slow.client().postAsync(batch(3));
            await().atMost(LIMIT).until(() -> slow.written().size() == 6);
            slow.kafka.completeNext();
            slow.kafka.errorNext(new NotEnoughReplicasException("1 of 2"));
            Reply refused = half.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");
        }
    }

    private static String batch(int events) {
        return IntStream.range(0, events).mapToObj(i -> event("evt_" + i)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String event(String id) {
        return IngestClient.EVENT.replace("evt_1", id);
    }

    private static String text(JsonNode problem) {
        return problem.path("pointer").asText() + " " + problem.path("code").asText();
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(value -> new String(value, UTF_8)).toList();
    }
}
