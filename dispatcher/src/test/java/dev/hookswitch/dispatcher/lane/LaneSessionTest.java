package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.DispatcherMetrics;
import dev.hookswitch.dispatcher.attempt.RetryPolicy;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import dev.hookswitch.dispatcher.directory.Lookup;
import dev.hookswitch.dispatcher.directory.Target;
import dev.hookswitch.dispatcher.egress.AddressBook;
import dev.hookswitch.dispatcher.egress.Resolution;
import dev.hookswitch.dispatcher.http.HttpPost;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.SendResult;
import dev.hookswitch.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole session of a lane, turn by turn, with Kafka's own test doubles and a receiver that answers when told. */
@Timeout(60)
class LaneSessionTest {
    private static final int MAX_IN_FLIGHT = 40;
    private static final int MAX_HELD_BYTES = 1024 * 1024;
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(50);

    private final TopicLayout topics = TopicLayout.of(Settings.of(Map.of()));
    private final TopicPartition first = new TopicPartition(topics.deliveries(), 0);
    private final TopicPartition second = new TopicPartition(topics.deliveries(), 1);
    private final TopicPartition due = new TopicPartition(topics.deliveriesDue(), 0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<UnsureProducer> producers = new ArrayList<>();
    private final ResultCommitter committer = new ResultCommitter(this::newProducer, new DirectExecutor());
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final HeldPosts receiver = new HeldPosts();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private Lookup lookup = new Lookup.Ready(Samples.TARGET);
    /** How often what comes from a tier has been put off. */
    private int dueDeferrals;

    private final LaneSession session = new LaneSession(context(), consumer, committer);

    /** Takes POSTs and answers when the test says so. */
    private static final class HeldPosts implements HttpSender {
        private int status = 200;
        private final Queue<Runnable> unanswered = new ArrayDeque<>();
        private final List<String> ids = new ArrayList<>();
        private int mostAtOnce;
        private Runnable whenSent = () -> {};

        @Override
        public void send(HttpPost post, Consumer<SendResult> whenDone) {
            post.headers().stream()
                    .filter(field -> field.name().equals("webhook-id"))
                    .forEach(field -> ids.add(field.value()));
            unanswered.add(() -> whenDone.accept(new SendResult.Answered(status, null)));
            mostAtOnce = Math.max(mostAtOnce, unanswered.size());
            whenSent.run();
        }

        void answer(int count) {
            for (int i = 0; i < count; i++) {
                unanswered.remove().run();
            }
        }

        void answerAll() {
            answer(unanswered.size());
        }

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Every host has the same address. */
    private static final class OneAddress implements AddressBook {
        @Override
        public CompletableFuture<Resolution> resolve(EndpointUrl url, Duration left) {
            return CompletableFuture.completedFuture(
                    new Resolution.Resolved(List.of(InetAddress.getLoopbackAddress())));
        }

        @Override
        public boolean mayConnect(InetSocketAddress address) {
            return true;
        }
    }

    private LaneContext context() {
        LaneSettings settings = new LaneSettings(
                MAX_IN_FLIGHT,
                0,
                MAX_IN_FLIGHT,
                0,
                10_000,
                COMMIT_INTERVAL,
                2_000,
                512 * 1024,
                MAX_HELD_BYTES,
                Duration.ZERO,
                Duration.ofMillis(1_500),
                "consumer");
        return new LaneContext(
                topics,
                Map.of(topics.deliveries(), Uuid.randomUuid(), topics.deliveriesDue(), Uuid.randomUuid()),
                (id, activation) -> lookup,
                new OneAddress(),
                receiver,
                new RetryPolicy(topics.tiers()),
                settings,
                new DispatcherMetrics(new SimpleMeterRegistry()),
                "test",
                "Hookswitch/test",
                clock,
                nanos::get);
    }

    private Producer<byte[], byte[]> newProducer() {
        UnsureProducer producer = new UnsureProducer();
        producers.add(producer);
        return producer;
    }

    private void assign(TopicPartition... partitions) {
        session.subscribe();
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition partition : partitions) {
            starts.put(partition, 0L);
        }
        consumer.updateBeginningOffsets(starts);
        consumer.rebalance(List.of(partitions));
        // The double calls back of what was taken away, not of what was given.
        session.onPartitionsAssigned(List.of(partitions));
    }

    private List<String> deliver(TopicPartition partition, int count, int bodyBytes) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long offset = nextOffsets.merge(partition, 1L, Long::sum) - 1;
            String id = "msg_" + partition.topic() + "_" + partition.partition() + "_" + offset;
            ids.add(id);
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    bodyBytes,
                    new byte[0],
                    new byte[bodyBytes],
                    new RecordHeaders(DeliveryHeaders.write(delivery(partition, id, "wh_" + offset % 50))
                            .toArray()),
                    java.util.Optional.empty()));
        }
        return ids;
    }

    private Delivery delivery(TopicPartition partition, String id, String webhookId) {
        Delivery fresh = Samples.delivery(id, webhookId);
        if (!partition.equals(due)) {
            return fresh;
        }
        Delivery.Origin origin = new Delivery.Origin(0, 0);
        Delivery waited = fresh.nextAttempt(origin);
        for (int i = 0; i < dueDeferrals; i++) {
            waited = waited.deferred(origin);
        }
        return waited;
    }

    /** Some turns, with time passing between them. */
    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            session.turn();
            nanos.addAndGet(Duration.ofMillis(2).toNanos());
        }
    }

    private void turnsUntilCommitted() {
        turns((int) (2 * COMMIT_INTERVAL.toMillis()));
    }

    private List<String> outcomes() {
        return producers.stream()
                .flatMap(producer -> producer.history().stream())
                .filter(record -> record.topic().equals(topics.deliveryOutcomes()))
                .map(LaneSessionTest::deliveryId)
                .toList();
    }

    private List<ProducerRecord<byte[], byte[]>> written(String topic) {
        return producers.stream()
                .flatMap(producer -> producer.history().stream())
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    private List<OutcomeRow> outcomeRows() {
        return written(topics.deliveryOutcomes()).stream()
                .map(record -> Wire.read(record.value(), OutcomeRow.class))
                .toList();
    }

    private static String deliveryId(ProducerRecord<byte[], byte[]> row) {
        String json = new String(row.value(), UTF_8);
        int at = json.indexOf("\"delivery_id\":\"") + "\"delivery_id\":\"".length();
        return json.substring(at, json.indexOf('"', at));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        Map<TopicPartition, OffsetAndMetadata> last = new LinkedHashMap<>();
        for (UnsureProducer producer : producers) {
            producer.consumerGroupOffsetsHistory()
                    .forEach(groups -> groups.values().forEach(last::putAll));
        }
        return last;
    }

    @Test
    void everyDeliveryIsPostedOnceAndCommittedWithItsOutcome() {
        assign(first, due);
        List<String> ids = new ArrayList<>(deliver(first, 30, 10));
        ids.addAll(deliver(due, 20, 10));

        for (int i = 0; i < 10; i++) {
            turns(3);
            receiver.answerAll();
        }
        turnsUntilCommitted();

        assertThat(receiver.ids).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(committed().get(first)).extracting(OffsetAndMetadata::offset).isEqualTo(30L);
        assertThat(committed().get(due)).extracting(OffsetAndMetadata::offset).isEqualTo(20L);
    }

    @Test
    void noMoreAreInFlightThanTheLimitAndNeitherKindStarvesTheOther() {
        assign(first, due);
        var unused = deliver(first, 400, 10);
        turns(5);
        assertThat(receiver.unanswered).as("fresh ones alone leave room").hasSize(MAX_IN_FLIGHT * 3 / 4);

        var unusedDue = deliver(due, 400, 10);
        turns(20);
        assertThat(receiver.unanswered).hasSize(MAX_IN_FLIGHT);
        for (int i = 0; i < 30; i++) {
            receiver.answer(10);
            turns(20);
        }

        assertThat(receiver.mostAtOnce).isEqualTo(MAX_IN_FLIGHT);
        long dueOnes = receiver.ids.stream().filter(id -> id.contains("due")).count();
        assertThat(dueOnes).isBetween(receiver.ids.size() / 4L, receiver.ids.size() * 3L / 4);
    }

    @Test
    void largeBodiesAreBegunOnlyAsFarAsMemoryAllows() {
        assign(first);
        int large = 100 * 1024;
        List<String> ids = deliver(first, 60, large);
        turns(10);

        assertThat(receiver.unanswered).hasSizeBetween(2, MAX_HELD_BYTES / large + 1);

        for (int i = 0; i < 60; i++) {
            receiver.answerAll();
            turns(15);
        }
        turnsUntilCommitted();
        assertThat(outcomes()).containsExactlyElementsOf(ids);
    }

    /** At the end of a tier the endpoint is looked at again. */
    @ParameterizedTest
    @ValueSource(strings = {OutcomeRow.REASON_DISABLED, OutcomeRow.REASON_INACTIVE, OutcomeRow.REASON_DELETED})
    void whatComesFromATierForASilentEndpointIsDiscarded(String reason) {
        assign(due);
        List<String> ids = deliver(due, 3, 10);
        lookup = new Lookup.Silent(reason);

        turnsUntilCommitted();

        assertThat(receiver.ids).isEmpty();
        assertThat(outcomeRows()).extracting(OutcomeRow::deliveryId).containsExactlyElementsOf(ids);
        assertThat(outcomeRows()).allSatisfy(row -> {
            assertThat(row.outcome()).isEqualTo(OutcomeRow.Outcome.DISCARDED);
            assertThat(row.reason()).isEqualTo(reason);
            assertThat(row.attempts()).as("the one before it came to the tier").isEqualTo(1);
            assertThat(row.lastHttpStatus()).isNull();
        });
        assertThat(written(topics.deliveryAttempts())).as("no POST, no attempt").isEmpty();
        assertThat(committed().get(due)).extracting(OffsetAndMetadata::offset).isEqualTo(3L);
    }

    /** What is at the gate already has been looked at, and is sent. */
    @Test
    void endpointIsLookedAtWhenItsDeliveryComesAndNotAtTheEndOfThePost() {
        assign(due);
        List<String> ids = deliver(due, 2, 10);
        turns(3);
        lookup = new Lookup.Silent(OutcomeRow.REASON_DISABLED);
        receiver.answerAll();
        turnsUntilCommitted();

        assertThat(outcomeRows())
                .extracting(OutcomeRow::deliveryId, OutcomeRow::outcome)
                .containsExactly(
                        tuple(ids.get(0), OutcomeRow.Outcome.DELIVERED),
                        tuple(ids.get(1), OutcomeRow.Outcome.DELIVERED));
    }

    /** An endpoint that is in no topic may only be new; after three times it is taken for deleted. */
    @Test
    void endpointThatStaysUnknownIsTakenForDeletedAfterThreeDeferrals() {
        assign(due);
        lookup = new Lookup.NotKnown();
        for (int deferrals = 0; deferrals <= 3; deferrals++) {
            dueDeferrals = deferrals;
            var unused = deliver(due, 1, 10);
        }
        turnsUntilCommitted();

        assertThat(receiver.ids).isEmpty();
        for (String tier : List.of("1s", "5s", "30s")) {
            assertThat(written(topics.prefix() + "retry-" + tier)).as(tier).hasSize(1);
        }
        assertThat(outcomeRows()).singleElement().satisfies(row -> {
            assertThat(row.deliveryId()).endsWith("_3");
            assertThat(row.outcome()).isEqualTo(OutcomeRow.Outcome.DISCARDED);
            assertThat(row.reason()).isEqualTo(OutcomeRow.REASON_DELETED);
        });
    }

    /** A directory that is behind says nothing of the endpoint, however long that lasts. */
    @Test
    void nothingIsDiscardedBecauseTheDirectoryIsBehind() {
        assign(due);
        lookup = new Lookup.Behind();
        dueDeferrals = 50;
        var unused = deliver(due, 1, 10);
        turnsUntilCommitted();

        assertThat(outcomeRows()).isEmpty();
        assertThat(written(topics.prefix() + "retry-10m")).hasSize(1);
    }

    @Test
    void failuresFollowTheScheduleOfTheEndpoint() {
        assign(due);
        lookup = new Lookup.Ready(new Target(
                Samples.TARGET.url(),
                Samples.TARGET.profile(),
                Samples.TARGET.secrets(),
                1,
                RetrySchedule.of(Samples.TARGET.profile(), List.of("5s", "10m")),
                null));
        receiver.status = 500;
        var unused = deliver(due, 2, 10);
        turns(3);
        receiver.answerAll();
        turnsUntilCommitted();

        assertThat(written(topics.prefix() + "retry-10m")).hasSize(2);
        assertThat(written(topics.deliveryAttempts()))
                .allSatisfy(row -> assertThat(Wire.read(row.value(), AttemptRow.class))
                        .satisfies(attempt -> assertThat(attempt.maxAttempts()).isEqualTo(3))
                        .satisfies(attempt -> assertThat(attempt.nextTier()).isEqualTo("10m")));
    }

    @Test
    void resultsOfALostPartitionAreNeverCommitted() {
        assign(first, second);
        List<String> kept = deliver(first, 5, 10);
        var lost = deliver(second, 5, 10);
        turns(3);
        assertThat(receiver.unanswered).hasSize(10);

        session.onPartitionsLost(List.of(second));
        receiver.answerAll();
        turnsUntilCommitted();

        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(kept).doesNotContainAnyElementsOf(lost);
        assertThat(committed()).containsOnlyKeys(first);
    }

    @Test
    void aPartitionThatComesBackIsNotFinishedByWhatWasInFlightBefore() {
        assign(first);
        List<String> ids = deliver(first, 3, 10);
        turns(3);
        session.onPartitionsLost(List.of(first));
        session.onPartitionsAssigned(List.of(first));

        receiver.answerAll();
        turnsUntilCommitted();

        assertThat(outcomes()).isEmpty();
        assertThat(committed())
                .as("only a POST made by this owner may end %s", ids)
                .isEmpty();
    }

    @Test
    @Timeout(60)
    void partitionsThatStayAreServedWhileOthersAreHandedOver() {
        assign(first, second);
        List<String> handedOver = deliver(second, 1, 10);
        turns(3);
        List<String> staying = deliver(first, 3 * MAX_IN_FLIGHT, 10);
        turns(3);
        receiver.unanswered.add(receiver.unanswered.remove());
        receiver.answer(5);
        int before = receiver.ids.size();
        // The POST that is waited for is answered only after others have been sent.
        receiver.whenSent = () -> {
            if (receiver.ids.size() == before + 5) {
                receiver.answerAll();
            }
        };

        session.onPartitionsRevoked(List.of(second));

        assertThat(outcomes()).containsAll(handedOver);
        assertThat(receiver.ids.subList(before, before + 5)).isSubsetOf(staying);
    }

    @Test
    void partitionGivenBackIsCommittedFirst() {
        assign(first, second);
        List<String> ids = deliver(second, 5, 10);
        turns(3);
        receiver.answerAll();

        session.onPartitionsRevoked(List.of(second));

        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(committed().get(second))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(5L);
    }

    @Test
    void commitWithoutAnAnswerThatWasWrittenIsNotWrittenAgain() {
        doubt(true);
    }

    @Test
    void commitWithoutAnAnswerThatWasNotWrittenIsWrittenAgainWithoutAPost() {
        doubt(false);
    }

    /** Without it the deliveries stand as ended and as not done: whoever comes next sends and ends them once more. */
    @Test
    void whatEndsWhileACommitIsInDoubtIsCommittedWithItsOffset() {
        assign(first, second);
        List<String> ids = new ArrayList<>(deliver(first, 4, 10));
        turns(3);
        ids.addAll(deliver(second, 3, 10));
        turns(3);
        producers.get(0).commitFate = Fate.SILENT;
        receiver.answer(4);
        turns(30);
        assertThat(outcomes()).as("in doubt").isEmpty();
        receiver.answerAll();
        turnsUntilCommitted();
        turnsUntilCommitted();

        assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(committed().get(first)).extracting(OffsetAndMetadata::offset).isEqualTo(4L);
        assertThat(committed().get(second))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(3L);
    }

    private void doubt(boolean written) {
        assign(first);
        List<String> ids = deliver(first, 4, 10);
        turns(3);
        producers.get(0).commitFate = written ? Fate.WRITTEN_BUT_SILENT : Fate.SILENT;
        receiver.answerAll();
        turnsUntilCommitted();
        turnsUntilCommitted();

        assertThat(producers).hasSize(2);
        assertThat(receiver.ids).containsExactlyElementsOf(ids);
        assertThat(outcomes()).containsExactlyElementsOf(ids);
        assertThat(committed().get(first)).extracting(OffsetAndMetadata::offset).isEqualTo(4L);
        assertThat(session.commitTrouble()).isEmpty();
    }

    private enum Fate {
        ANSWERED,
        SILENT,
        WRITTEN_BUT_SILENT
    }

    /** A producer whose commit may have no answer, whatever the broker made of it. */
    private final class UnsureProducer extends MockProducer<byte[], byte[]> {
        private Fate commitFate = Fate.ANSWERED;
        private boolean written;

        UnsureProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            if (commitFate == Fate.WRITTEN_BUT_SILENT && !written) {
                super.commitTransaction();
                written = true;
                consumerGroupOffsetsHistory().forEach(groups -> groups.values().forEach(consumer::commitSync));
            }
            if (commitFate != Fate.ANSWERED) {
                throw new TimeoutException("no answer");
            }
            super.commitTransaction();
        }
    }
}
