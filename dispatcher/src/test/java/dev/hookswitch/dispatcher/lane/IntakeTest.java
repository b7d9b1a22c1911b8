package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a lane asks Kafka again, and what it begins with. */
class IntakeTest {
    private static final int POLL_RECORDS = 10;
    private static final TopicPartition FRESH = new TopicPartition("deliveries", 0);
    private static final TopicPartition DUE = new TopicPartition("deliveries-due", 0);

    private final AtomicLong nanos = new AtomicLong(5);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Partitions partitions =
            new Partitions(consumer, Map.of(FRESH.topic(), Uuid.randomUuid(), DUE.topic(), Uuid.randomUuid()), 1);
    private final Intake intake =
            new Intake(consumer, partitions, DUE.topic(), POLL_RECORDS, 1_000_000, 1_000, nanos::get);
    private long nextOffset;

    @BeforeEach
    void assign() {
        consumer.assign(Set.of(FRESH, DUE));
        consumer.updateBeginningOffsets(Map.of(FRESH, 0L, DUE, 0L));
        partitions.assigned(Set.of(FRESH, DUE));
    }

    private void come(TopicPartition partition, int count) {
        for (int i = 0; i < count; i++) {
            consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, nextOffset++, new byte[0], new byte[] {1}));
        }
        intake.poll(Duration.ZERO);
    }

    private boolean wantsPollAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        return intake.wantsPoll();
    }

    @Test
    void anEmptyOneAsksAtOnce() {
        come(FRESH, 1);
        assertThat(intake.wantsPoll()).isFalse();
        assertThat(intake.next(true, true)).isNotNull();
        assertThat(intake.wantsPoll()).isTrue();
    }

    @Test
    void whileThereAreFreshOnesItAsksNowAndThen() {
        come(FRESH, 1);
        assertThat(wantsPollAfter(Duration.ofMillis(3))).isFalse();
        assertThat(wantsPollAfter(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void withEnoughFreshOnesItAsksForTheSakeOfRebalancesOnly() {
        come(FRESH, POLL_RECORDS);
        assertThat(wantsPollAfter(Duration.ofMillis(20))).isFalse();
        assertThat(wantsPollAfter(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void tellsSinceWhenTheOldestOfBothKindsWaits() {
        assertThat(intake.waitedFor(() -> Instant.ofEpochMilli(90_000))).isZero();
        written(FRESH, 60_000);
        written(FRESH, 70_000);
        written(DUE, 80_000);
        assertThat(intake.waitedFor(() -> Instant.ofEpochMilli(90_000))).hasSeconds(30);
        assertThat(intake.next(true, false)).isNotNull();
        assertThat(intake.next(true, false)).isNotNull();
        assertThat(intake.waitedFor(() -> Instant.ofEpochMilli(90_000))).hasSeconds(10);
        assertThat(intake.waitedFor(() -> Instant.ofEpochMilli(79_000)))
                .as("written ahead of this clock")
                .isZero();
    }

    private void written(TopicPartition partition, long atMs) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(),
                0,
                nextOffset++,
                atMs,
                TimestampType.CREATE_TIME,
                0,
                1,
                new byte[0],
                new byte[] {1},
                new RecordHeaders(),
                Optional.empty()));
        intake.poll(Duration.ZERO);
    }

    /** A burst from the tiers, however large, must not keep a fresh one waiting in Kafka. */
    @Test
    void dueOnesAloneDoNotKeepItFromAskingForFreshOnes() {
        come(DUE, POLL_RECORDS);
        assertThat(wantsPollAfter(Duration.ofMillis(1))).isFalse();
        assertThat(wantsPollAfter(Duration.ofMillis(1))).isTrue();
        come(FRESH, 1);
        assertThat(consumer.paused()).containsExactly(DUE);
        assertThat(next().partition()).isEqualTo(FRESH);
    }

    @Test
    void freshAndDueOnesTakeTurns() {
        come(DUE, 2);
        come(FRESH, 2);
        assertThat(next().partition()).isEqualTo(FRESH);
        assertThat(next().partition()).isEqualTo(DUE);
        assertThat(next().partition()).isEqualTo(FRESH);
        assertThat(next().partition()).isEqualTo(DUE);
    }

    @Test
    void aKindWithoutRoomIsPassedOver() {
        come(DUE, 1);
        assertThat(intake.next(true, false)).isNull();
        come(FRESH, 1);
        Intake.Arrival fresh = intake.next(true, false);
        assertThat(fresh).isNotNull();
        assertThat(fresh.partition()).isEqualTo(FRESH);
    }

    private Intake.Arrival next() {
        Intake.Arrival next = intake.next(true, true);
        if (next == null) {
            throw new AssertionError("nothing is there");
        }
        return next;
    }
}
