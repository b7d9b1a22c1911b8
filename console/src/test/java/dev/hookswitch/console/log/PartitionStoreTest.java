package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** One store keeps the contract by itself; and what is its own: folders, segments, pages with bounded work. */
class PartitionStoreTest extends DeliveryLogContract {
    private static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");
    private static final EndpointId ENDPOINT = new EndpointId("acme", "wh_1");
    private static final Duration RETENTION = Duration.ofDays(30);

    private final ManualClock clock = new ManualClock(NOW);
    private final RocksMemory memory = new RocksMemory(16 << 20);
    private final Path folder;
    private PartitionStore store;
    private long offset;

    PartitionStoreTest(@TempDir Path temporary) throws RocksDBException, IOException {
        super(ENDPOINT);
        folder = temporary.resolve("p0");
        store = open("topics-1");
    }

    private PartitionStore open(String identity) throws RocksDBException, IOException {
        return PartitionStore.open(folder, identity, new StoreSpec(memory, RETENTION, 1, clock));
    }

    @AfterEach
    void close() throws RocksDBException {
        store.close();
        memory.close();
    }

    @Override
    Instant now() {
        return NOW;
    }

    @Override
    void write(AttemptRow row) {
        write(row, clock.instant());
    }

    private void write(AttemptRow row, Instant at) {
        try {
            Changes changes = store.change();
            changes.take(row, at.toEpochMilli());
            changes.readOnAt(Source.ATTEMPTS, ++offset);
            changes.write();
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void write(OutcomeRow row) {
        try {
            Changes changes = store.change();
            changes.take(row, ++offset, clock.millis());
            changes.readOnAt(Source.OUTCOMES, offset);
            changes.write();
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    DeliveryLog log() {
        return new DeliveryLog() {
            @Override
            public Optional<LoggedDelivery> find(EndpointId endpoint, String deliveryId) {
                return store.find(endpoint, deliveryId);
            }

            @Override
            public LogPage list(EndpointId endpoint, LogQuery query) {
                return store.list(endpoint, query);
            }
        };
    }

    private LogPage newest() {
        return store.list(ENDPOINT, LogQuery.newest(100));
    }

    @Test
    void remembersRowsAndPlacesOverARestart() throws RocksDBException, IOException {
        LogRows rows = LogRows.of(ENDPOINT, "evt_1", NOW);
        assertThat(store.readOnAt(Source.ATTEMPTS)).isEqualTo(OptionalLong.empty());
        write(rows.delivered(1, NOW));
        store.close();
        store = open("topics-1");

        assertThat(newest().deliveries()).hasSize(1);
        assertThat(store.readOnAt(Source.ATTEMPTS)).isEqualTo(OptionalLong.of(1));
        assertThat(store.readOnAt(Source.OUTCOMES)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void isMadeAnewWhenItIsOfOtherTopicsOrBroken() throws RocksDBException, IOException {
        write(LogRows.of(ENDPOINT, "evt_1", NOW).delivered(1, NOW));
        store.close();
        store = open("topics-2");
        assertThat(newest().deliveries()).isEmpty();
        assertThat(store.readOnAt(Source.ATTEMPTS)).isEqualTo(OptionalLong.empty());

        write(LogRows.of(ENDPOINT, "evt_1", NOW).delivered(1, NOW));
        store.close();
        Files.writeString(folder.resolve("CURRENT"), "nonsense\n");
        store = open("topics-2");
        assertThat(newest().deliveries()).isEmpty();
    }

    @Test
    void aFolderInUseIsLeftAlone() {
        write(LogRows.of(ENDPOINT, "evt_1", NOW).delivered(1, NOW));

        assertThatThrownBy(() -> open("topics-1")).isInstanceOf(RocksDBException.class);
        assertThat(newest().deliveries()).hasSize(1);
    }

    @Test
    void segmentsWhoseTimeIsOverGoWithTheirFiles() throws RocksDBException, IOException {
        for (int day = 0; day < 12; day++) {
            Instant at = clock.advance(Duration.ofDays(4));
            for (int i = 0; i < 20; i++) {
                write(LogRows.of(ENDPOINT, "evt_" + day + "_" + i, at).delivered(1, at));
            }
            store.expire();
            // What is in memory comes to files.
            store.close();
            store = open("topics-1");
        }

        LogPage page = store.list(ENDPOINT, LogQuery.newest(100));
        long oldest = NOW.toEpochMilli();
        int count = 0;
        String cursor;
        do {
            for (LoggedDelivery delivery : page.deliveries()) {
                count++;
                oldest = delivery.occurredAtMs();
            }
            cursor = page.nextCursor();
            if (cursor != null) {
                page = store.list(ENDPOINT, LogQuery.newest(100).from(cursor));
            }
        } while (cursor != null);
        Duration age = Duration.between(Instant.ofEpochMilli(oldest), clock.instant());
        assertThat(age).isBetween(Duration.ofDays(26), Duration.ofDays(33));
        assertThat(count).isBetween(7 * 20, 9 * 20);
        long files = tables();
        clock.advance(Duration.ofDays(34));
        store.expire();
        assertThat(newest().deliveries()).isEmpty();
        assertThat(tables()).isLessThan(files);
    }

    private long tables() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).count();
        }
    }

    @Test
    void rowsFromBeforeTheRetentionAreNotTaken() {
        Instant old = NOW.minus(RETENTION).minusSeconds(1);
        write(LogRows.of(ENDPOINT, "evt_1", old).delivered(1, old), old);

        assertThat(newest().deliveries()).isEmpty();
    }

    @Test
    void aDeliveryStaysOneThoughItsRowsAreWeeksApart() {
        // Ahead of its time at first, and behind it later.
        LogRows rows = LogRows.of(ENDPOINT, "evt_1", NOW.plus(Duration.ofDays(5)));
        write(rows.retried(1, NOW));
        clock.advance(Duration.ofDays(20));
        write(rows.outcome(Outcome.FAILED, clock.instant()));

        assertThat(newest().deliveries()).hasSize(1);
        assertThat(newest().deliveries().get(0).status()).isEqualTo(DeliveryStatus.FAILED);
    }

    @Test
    void aPageThatFindsNothingEndsAndGoesOn() throws RocksDBException {
        Changes changes = store.change();
        int count = 2 * PartitionStore.MOST_LOOKED_AT + 10;
        for (int i = 0; i < count; i++) {
            LogRows rows = LogRows.of(ENDPOINT, "evt_" + i, NOW.minusMillis(i));
            changes.take((i == count - 1 ? rows.ofType("rare") : rows).delivered(1, NOW), NOW.toEpochMilli());
        }
        changes.write();
        LogQuery query = new LogQuery(Set.of(), Set.of("rare"), Set.of(), null, null, 10, null);

        LogPage first = store.list(ENDPOINT, query);
        assertThat(first.deliveries()).isEmpty();
        LogPage second = store.list(ENDPOINT, query.from(String.valueOf(first.nextCursor())));
        assertThat(second.deliveries()).isEmpty();
        LogPage third = store.list(ENDPOINT, query.from(String.valueOf(second.nextCursor())));
        assertThat(third.deliveries()).hasSize(1);
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void whatDidNotArriveIsFoundWithoutLookingAtWhatDid() throws RocksDBException {
        Changes changes = store.change();
        int count = PartitionStore.MOST_LOOKED_AT + 10;
        for (int i = 0; i < count; i++) {
            changes.take(LogRows.of(ENDPOINT, "evt_" + i, NOW.minusMillis(i)).delivered(1, NOW), NOW.toEpochMilli());
        }
        LogRows failed = LogRows.of(ENDPOINT, "evt_failed", NOW.minusMillis(count));
        changes.take(failed.exhausted(6, NOW), NOW.toEpochMilli());
        changes.write();

        for (LogQuery query : new LogQuery[] {
            new LogQuery(Set.of(DeliveryStatus.FAILED), Set.of(), Set.of(), null, null, 10, null),
            new LogQuery(Set.of(), Set.of(), Set.of(CodeClass.NONE), null, null, 10, null)
        }) {
            LogPage page = store.list(ENDPOINT, query);
            assertThat(page.deliveries()).extracting(LoggedDelivery::deliveryId).containsExactly(failed.id());
            assertThat(page.nextCursor()).isNull();
        }
    }

    @Test
    void aClosedStoreSaysThatItIsNotThere() throws RocksDBException {
        store.close();

        assertThatThrownBy(this::newest).isInstanceOf(LogUnavailable.class);
    }
}
