package dev.hookswitch.retry.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TierPurgeTest {
    private static final TopicPartition P0 = new TopicPartition("retry-5s", 0);
    private static final TopicPartition P1 = new TopicPartition("retry-5s", 1);

    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_000));
    private final List<Map<TopicPartition, RecordsToDelete>> deleted = new ArrayList<>();
    private final TierPurge purge = new TierPurge(deleted::add, clock, Duration.ofSeconds(30));

    @Test
    void deletesUpToTheLastCommittedOffsetOnceItsTimeHasCome() {
        purge.copied(Map.of(P0, new OffsetAndMetadata(5), P1, new OffsetAndMetadata(3)));
        purge.copied(Map.of(P0, new OffsetAndMetadata(9)));
        clock.advance(Duration.ofSeconds(29));
        purge.runWhenDue();
        assertThat(deleted).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        purge.runWhenDue();

        assertThat(deleted)
                .containsExactly(Map.of(P0, RecordsToDelete.beforeOffset(9), P1, RecordsToDelete.beforeOffset(3)));
    }

    @Test
    void asksForNothingWhenNothingWasCopiedSince() {
        purge.copied(Map.of(P0, new OffsetAndMetadata(5)));
        clock.advance(Duration.ofSeconds(30));
        purge.runWhenDue();
        clock.advance(Duration.ofSeconds(30));
        purge.runWhenDue();

        assertThat(deleted).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotStopIt() {
        purge.copied(Map.of(P0, new OffsetAndMetadata(5)));
        clock.set(Instant.EPOCH);

        purge.runWhenDue();

        assertThat(deleted).hasSize(1);
    }
}
