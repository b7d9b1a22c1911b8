package dev.hookswitch.console.log;

import static dev.hookswitch.console.log.OneStore.ENDPOINT;
import static dev.hookswitch.console.log.OneStore.NOW;
import static dev.hookswitch.console.log.OneStore.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What is kept for how long, whatever clocks do. */
class StoreRetentionTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private final OneStore one;

    StoreRetentionTest(@TempDir Path temporary) throws RocksDBException, IOException {
        one = new OneStore(temporary.resolve("p0"));
    }

    @AfterEach
    void close() throws RocksDBException, IOException {
        one.close();
    }

    private long tables() throws IOException {
        try (Stream<Path> files = Files.list(one.folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).count();
        }
    }

    @Test
    void segmentsWhoseTimeIsOverGoWithTheirFiles() throws RocksDBException, IOException {
        for (int day = 0; day < 12; day++) {
            Instant at = one.clock.advance(Duration.ofDays(4));
            for (int i = 0; i < 20; i++) {
                one.deliver("evt_" + day + "_" + i, at);
            }
            one.store.expire();
            one.reopen("topics-1");
        }

        List<LoggedDelivery> kept = one.all();
        assertThat(kept).hasSizeBetween(7 * 20, 9 * 20);
        Instant oldest = Instant.ofEpochMilli(kept.get(kept.size() - 1).occurredAtMs());
        assertThat(Duration.between(oldest, one.clock.instant())).isBetween(Duration.ofDays(26), Duration.ofDays(33));

        long files = tables();
        String last = one.deliver("evt_last", one.clock.advance(Duration.ofDays(34)));
        one.store.expire();
        assertThat(one.ids()).containsExactly(last);
        assertThat(tables()).isLessThan(files);
    }

    @Test
    void rowsFromBeforeTheRetentionAreNotTaken() throws RocksDBException {
        String now = one.deliver("evt_1", NOW);
        LogRows old = LogRows.of(ENDPOINT, "evt_2", NOW.minus(YEAR));
        one.write(old.outcome(Outcome.SKIPPED, NOW.minus(YEAR)), NOW.minus(YEAR));

        assertThat(one.ids()).containsExactly(now);
    }

    @Test
    void ourClockThatIsAheadForAWhileDropsNothing() throws RocksDBException {
        String first = one.deliver("evt_1", NOW);
        one.clock.advance(YEAR);
        one.store.expire();
        String second = one.deliver("evt_2", NOW.plusSeconds(1));
        one.store.expire();

        assertThat(one.ids()).containsExactly(second, first);
    }

    @Test
    void ourClockThatIsBehindForAWhileDropsNothingWhenItIsSet() throws RocksDBException {
        String first = one.deliver("evt_1", NOW);
        one.clock.set(NOW.minus(YEAR));
        String second = one.deliver("evt_2", NOW.plusSeconds(1));
        one.store.expire();
        one.clock.set(NOW.plusSeconds(2));
        String third = one.deliver("evt_3", NOW.plusSeconds(2));
        one.store.expire();

        assertThat(one.ids()).containsExactly(third, second, first);
    }

    @Test
    void aDispatcherWhoseClockIsAheadDropsNothingAndIsNotKeptForLonger() throws RocksDBException {
        String honest = one.deliver("evt_1", NOW);
        LogRows future = LogRows.of(ENDPOINT, "evt_2", NOW.minusSeconds(1));
        one.write(future.delivered(1, NOW.plus(YEAR)), NOW.plus(YEAR));
        one.store.expire();
        assertThat(one.ids()).containsExactly(honest, future.id());

        String last = one.deliver("evt_3", one.clock.advance(RETENTION.plusDays(4)));
        one.store.expire();
        assertThat(one.ids()).containsExactly(last);
    }

    @Test
    void aDispatcherWhoseClockIsBehindIsHeard() throws RocksDBException {
        one.deliver("evt_1", NOW);
        LogRows behind = LogRows.of(ENDPOINT, "evt_2", NOW);
        one.write(behind.delivered(1, NOW.minus(YEAR)), NOW.minus(YEAR));
        one.store.expire();

        assertThat(one.ids()).hasSize(2).contains(behind.id());
    }

    @Test
    void aDeliveryStaysOneThoughItsRowsAreWeeksApart() throws RocksDBException {
        // Ahead of its time at first, and behind it later.
        LogRows rows = LogRows.of(ENDPOINT, "evt_1", NOW.plus(Duration.ofDays(5)));
        one.write(rows.retried(1, NOW), NOW);
        Instant later = one.clock.advance(Duration.ofDays(20));
        one.write(rows.outcome(Outcome.FAILED, later), later);

        assertThat(one.all()).singleElement().extracting(LoggedDelivery::status).isEqualTo(DeliveryStatus.FAILED);
    }

    @Test
    void aTopicThatIsReadFasterThanTheOtherMakesNoDifference() throws RocksDBException {
        Instant tenDaysAgo = NOW.minus(Duration.ofDays(10));
        one.deliver("evt_1", NOW);
        LogRows skipped = LogRows.of(ENDPOINT, "evt_2", tenDaysAgo);
        one.write(skipped.outcome(Outcome.SKIPPED, tenDaysAgo), tenDaysAgo);
        assertThat(one.ids()).hasSize(2).contains(skipped.id());

        one.deliver("evt_3", one.clock.advance(Duration.ofDays(25)));
        one.store.expire();
        assertThat(one.ids()).hasSize(2).doesNotContain(skipped.id());
    }
}
