package dev.hookswitch.retry.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HeldRecordsTest {
    private static final TopicPartition P0 = new TopicPartition("retry-5s", 0);
    private static final TopicPartition P1 = new TopicPartition("retry-5s", 1);

    private final HeldRecords held = new HeldRecords(Duration.ofSeconds(5));

    @Test
    void aRecordIsDueWhenItsDelayIsPastAndNotAMillisecondBefore() {
        hold(P0, at(10, 1_000));

        assertThat(held.takeDue(5_999).records()).isEmpty();
        assertThat(offsets(held.takeDue(6_000))).containsExactly("0@10");
        assertThat(held.takeDue(6_000).isEmpty()).isTrue();
    }

    @Test
    void takesFromTheHeadOfEachPartitionWhatIsDueInTheOrderOfTheLog() {
        hold(P0, at(10, 1_000), at(11, 1_000), at(12, 2_000));
        hold(P1, at(7, 1_500), at(8, 3_000));

        HeldRecords.Release first = held.takeDue(6_500);

        assertThat(offsets(first)).containsExactlyInAnyOrder("0@10", "0@11", "1@7");
        assertThat(offsets(first)).containsSubsequence("0@10", "0@11");
        assertThat(first.offsets()).isEqualTo(Map.of(P0, next(12), P1, next(8)));
        assertThat(offsets(held.takeDue(9_000))).containsExactlyInAnyOrder("0@12", "1@8");
    }

    @Test
    void commitsPastTrailingMarkersOnceAllThatCameBeforeThemIsTaken() {
        held.hold(P0, List.of(record(P0, at(10, 1_000)), record(P0, at(11, 2_000))), next(14));

        assertThat(held.takeDue(6_000).offsets()).isEqualTo(Map.of(P0, next(11)));
        assertThat(held.takeDue(7_000).offsets()).isEqualTo(Map.of(P0, next(14)));
    }

    @Test
    void aLaterFetchGoesBehindTheEarlierOne() {
        held.hold(P0, List.of(record(P0, at(10, 1_000))), next(12));
        held.hold(P0, List.of(record(P0, at(12, 1_000))), next(20));

        HeldRecords.Release release = held.takeDue(6_000);

        assertThat(offsets(release)).containsExactly("0@10", "0@12");
        assertThat(release.offsets()).isEqualTo(Map.of(P0, next(20)));
    }

    @Test
    void aTimestampFromTheFutureHoldsWhatIsBehindItInsteadOfLettingItPass() {
        hold(P0, at(10, 60_000), at(11, 1_000));

        assertThat(held.takeDue(64_999).isEmpty()).isTrue();
        assertThat(offsets(held.takeDue(65_000))).containsExactly("0@10", "0@11");
    }

    @Test
    void waitsUntilTheNextHeadIsDueButNotBeyondTheLimit() {
        assertThat(held.untilNextDueMs(0, 50)).isEqualTo(50);

        hold(P0, at(10, 1_000));
        hold(P1, at(7, 1_020));

        assertThat(held.untilNextDueMs(1_000, 50)).isEqualTo(50);
        assertThat(held.untilNextDueMs(5_970, 50)).isEqualTo(30);
        assertThat(held.untilNextDueMs(5_999, 50)).isEqualTo(1);
        assertThat(held.untilNextDueMs(6_500, 50)).isZero();
    }

    @Test
    void partitionsAreHeldUntilTheirLastRecordIsTaken() {
        hold(P0, at(10, 1_000), at(11, 2_000));
        hold(P1, at(7, 1_000));
        assertThat(held.partitions()).isEqualTo(Set.of(P0, P1));
        assertThat(held.size()).isEqualTo(3);

        held.takeDue(6_000);
        assertThat(held.partitions()).isEqualTo(Set.of(P0));
        assertThat(held.size()).isEqualTo(1);

        held.takeDue(7_000);
        assertThat(held.partitions()).isEmpty();
        assertThat(held.size()).isZero();
    }

    @Test
    void forgetsPartitionsThatAreNoLongerOurs() {
        hold(P0, at(10, 1_000));
        hold(P1, at(7, 1_000));

        held.drop(List.of(P0, new TopicPartition("retry-5s", 9)));

        assertThat(offsets(held.takeDue(6_000))).containsExactly("1@7");
    }

    @Test
    void aTierWithoutDelayReleasesAtOnce() {
        HeldRecords none = new HeldRecords(Duration.ZERO);
        none.hold(P0, List.of(record(P0, at(10, 1_000))), null);

        assertThat(none.takeDue(1_000).offsets()).isEqualTo(Map.of(P0, next(11)));
    }

    private record At(long offset, long timestampMs) {}

    private static At at(long offset, long timestampMs) {
        return new At(offset, timestampMs);
    }

    private void hold(TopicPartition partition, At... entries) {
        held.hold(
                partition,
                Arrays.stream(entries).map(entry -> record(partition, entry)).toList(),
                null);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, At entry) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                entry.offset(),
                entry.timestampMs(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private static OffsetAndMetadata next(long offset) {
        return new OffsetAndMetadata(offset, Optional.empty(), "");
    }

    private static List<String> offsets(HeldRecords.Release release) {
        return release.records().stream()
                .map(entry -> entry.partition() + "@" + entry.offset())
                .toList();
    }
}
