package dev.hookswitch.retry.tier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.service.Health;
import dev.hookswitch.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One session on Kafka's own fakes of its clients, so that time, aborts and rebalances come when the test says so. */
class TierSessionTest {
    private static final String TIER = "retry-5s";
    private static final TopicPartition P0 = new TopicPartition(TIER, 0);
    private static final TopicPartition P1 = new TopicPartition(TIER, 1);
    private static final long START_MS = 1_000_000;

    private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(START_MS));
    /** By how much the clock was set so far. */
    private Duration set = Duration.ZERO;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Members consumer = new Members();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final TierSession session = new TierSession(
            new TierPlan("5s", TIER, "deliveries-due", Duration.ofSeconds(5), "group", "group-i1"),
            consumer,
            producer,
            new StepProofClock(clock, this::nanoTime, Duration.ofSeconds(5)),
            new TierPurge(records -> {}, clock, Duration.ofSeconds(30)),
            new TierMeters(registry, "5s"));

    /** A consumer that can be no member of its group. */
    private static final class Members extends MockConsumer<byte[], byte[]> {
        private boolean member = true;

        Members() {
            super("earliest");
        }

        @Override
        @SuppressWarnings("removal")
        public ConsumerGroupMetadata groupMetadata() {
            return member ? super.groupMetadata() : new ConsumerGroupMetadata("group");
        }
    }

    @BeforeEach
    void open() {
        session.open();
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.rebalance(List.of(P0, P1));
    }

    private void arrive(TopicPartition partition, long offset, long timestampMs) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("hs-attempt", "2".getBytes(UTF_8));
        consumer.addRecord(new ConsumerRecord<>(
                TIER,
                partition.partition(),
                offset,
                timestampMs,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                ("key-" + offset).getBytes(UTF_8),
                ("value-" + offset).getBytes(UTF_8),
                headers,
                Optional.empty()));
    }

    private long nanoTime() {
        return Duration.ofMillis(clock.millis()).minus(set).toNanos();
    }

    private void setClock(Duration step) {
        set = set.plus(step);
        clock.advance(step);
    }

    private List<String> copied() {
        return producer.history().stream()
                .map(sent -> sent.topic() + "-" + sent.partition() + " " + new String(sent.key(), UTF_8) + "="
                        + new String(sent.value(), UTF_8) + " "
                        + new String(sent.headers().lastHeader("hs-attempt").value(), UTF_8))
                .toList();
    }

    private double counted(String meter) {
        return registry.get(meter).counter().count();
    }

    @Test
    void whatBecomesDueSoonAfterACopyGoesTogether() {
        for (int i = 0; i < 20; i++) {
            arrive(P0, i, START_MS + i);
        }
        session.step();
        clock.advance(Duration.ofSeconds(5));

        assertThat(session.step()).isTrue();
        assertThat(copied()).hasSize(1);
        clock.advance(Duration.ofMillis(TierSession.RELEASE_INTERVAL_MS - 1));
        assertThat(session.step()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(session.step()).isTrue();

        assertThat(copied()).hasSize(20);
    }

    @Test
    void copiesAtTheMillisecondAtWhichARecordIsDueToTheSamePartition() {
        arrive(P1, 0, START_MS);
        session.step();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(session.step()).isFalse();
        assertThat(copied()).isEmpty();

        clock.advance(Duration.ofMillis(1));

        assertThat(session.step()).isTrue();
        assertThat(copied()).containsExactly("deliveries-due-1 key-0=value-0 2");
        assertThat(producer.consumerGroupOffsetsHistory().get(0).values())
                .containsExactly(Map.of(P1, new OffsetAndMetadata(1, Optional.empty(), "")));
        assertThat(registry.get("hookswitch.retry.lateness").timer().max(TimeUnit.MILLISECONDS))
                .isZero();
    }

    @Test
    void aClockThatIsSetAheadReleasesNothingEarlyAndHoldsNothingUp() {
        arrive(P0, 0, START_MS);
        session.step();
        setClock(Duration.ofHours(1));
        arrive(P1, 0, clock.millis());
        session.step();
        clock.advance(Duration.ofMillis(4_999));
        session.step();
        assertThat(copied()).isEmpty();

        clock.advance(Duration.ofMillis(1));
        session.step();
        assertThat(copied()).containsExactly("deliveries-due-0 key-0=value-0 2");

        clock.advance(Duration.ofMillis(1));
        session.step();
        assertThat(copied()).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackReleasesNothingEarly() {
        arrive(P0, 0, START_MS);
        session.step();
        clock.advance(Duration.ofSeconds(4));
        setClock(Duration.ofSeconds(-3));
        arrive(P1, 0, clock.millis());
        session.step();
        clock.advance(Duration.ofMillis(3_999));
        session.step();
        assertThat(copied()).isEmpty();

        clock.advance(Duration.ofMillis(1));
        session.step();
        assertThat(copied()).containsExactly("deliveries-due-0 key-0=value-0 2");
        clock.advance(Duration.ofSeconds(1));
        session.step();
        assertThat(copied()).hasSize(2);
    }

    @Test
    void whatIsDueTogetherGoesInOneTransaction() {
        for (int offset = 0; offset < 20; offset++) {
            arrive(P0, offset, START_MS - 5_000);
        }
        session.step();

        assertThat(copied()).hasSize(20);
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(counted("hookswitch.retry.copied")).isEqualTo(20);
    }

    @Test
    void aPartitionIsPausedWhileItHoldsRecordsAndReadAgainAfterwards() {
        arrive(P0, 0, START_MS);
        session.step();
        session.step();
        assertThat(consumer.paused()).isEqualTo(Set.of(P0));
        assertThat(registry.get("hookswitch.retry.held").gauge().value()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(5));
        session.step();
        session.step();

        assertThat(consumer.paused()).isEmpty();
        assertThat(registry.get("hookswitch.retry.held").gauge().value()).isZero();
    }

    @Test
    void waitsInPollForTheNextDueTimeAndNeverLong() {
        session.step();
        assertThat(consumer.lastPollTimeout()).isEqualTo(Duration.ofMillis(50));

        arrive(P0, 0, START_MS);
        session.step();
        clock.advance(Duration.ofMillis(4_980));
        session.step();

        assertThat(consumer.lastPollTimeout()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void anAbortedCopyIsRepeatedFromWhatWasCommitted() {
        arrive(P0, 0, START_MS - 5_000);
        producer.commitTransactionException = new KafkaException("abort this one");
        assertThat(session.step()).isFalse();
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(session.health().state()).isEqualTo(Health.State.DOWN);

        producer.commitTransactionException = null;
        arrive(P0, 0, START_MS - 5_000);
        arrive(P0, 1, START_MS - 4_000);

        assertThat(session.step()).isTrue();
        assertThat(copied()).containsExactly("deliveries-due-0 key-0=value-0 2");
        clock.advance(Duration.ofSeconds(1));
        session.step();
        assertThat(copied()).hasSize(2);
        assertThat(counted("hookswitch.retry.aborts")).isEqualTo(1);
        assertThat(session.health()).isEqualTo(Health.UP);
    }

    @Test
    void abortsInARowEndTheSession() {
        producer.commitTransactionException = new KafkaException("abort this one");
        for (int i = 0; i < 2; i++) {
            arrive(P0, 0, START_MS - 5_000);
            session.step();
        }
        arrive(P0, 0, START_MS - 5_000);

        assertThatThrownBy(session::step).hasMessage("abort this one");
        assertThat(copied()).isEmpty();
    }

    @Test
    void isWellAgainWhenWhatItCouldNotCopyBecomesAnothersToCopy() {
        arrive(P0, 0, START_MS - 5_000);
        producer.commitTransactionException = new KafkaException("abort this one");
        session.step();
        assertThat(session.health().alive()).isFalse();

        consumer.rebalance(List.of(P1));
        session.step();

        assertThat(session.health()).isEqualTo(Health.UP);
    }

    @Test
    void aFencedProducerEndsTheSession() {
        arrive(P0, 0, START_MS - 5_000);
        producer.fenceProducer();

        assertThatThrownBy(session::step).isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void aCommitWithAnUnknownResultEndsTheSession() {
        arrive(P0, 0, START_MS - 5_000);
        producer.commitTransactionException = new TimeoutException("no answer");
        producer.abortTransactionException = new IllegalStateException("the commit is still under way");

        assertThatThrownBy(session::step).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatWasHeldOfARevokedPartitionIsNotCopied() {
        arrive(P0, 0, START_MS);
        arrive(P1, 0, START_MS);
        session.step();
        consumer.rebalance(List.of(P1));
        clock.advance(Duration.ofSeconds(5));
        session.step();

        assertThat(copied()).containsExactly("deliveries-due-1 key-0=value-0 2");
    }

    @Test
    void aStrangerToTheGroupCopiesNothingAndBeginsAtWhatIsCommitted() {
        arrive(P0, 0, START_MS - 5_000);
        consumer.member = false;
        assertThat(session.step()).isFalse();
        assertThat(session.health().state()).isEqualTo(Health.State.STARTING);
        assertThat(copied()).isEmpty();

        consumer.member = true;
        arrive(P0, 0, START_MS - 5_000);

        assertThat(session.step()).isTrue();
        assertThat(copied()).hasSize(1);
    }
}
