package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A store that a test opens, writes to, and opens again. */
final class OneStore implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");
    static final EndpointId ENDPOINT = new EndpointId("acme", "wh_1");
    static final Duration RETENTION = Duration.ofDays(30);

    final ManualClock clock = new ManualClock(NOW);
    final Path folder;
    PartitionStore store;
    private final RocksMemory memory = new RocksMemory(16 << 20);
    private long offset;

    /** @param folder need not be there */
    OneStore(Path folder) throws RocksDBException, IOException {
        this.folder = folder;
        this.store = open("topics-1");
    }

    PartitionStore open(String identity) throws RocksDBException, IOException {
        return PartitionStore.open(folder, identity, new StoreSpec(memory, RETENTION, 1, clock));
    }

    /** What was in memory is in files afterwards. */
    void reopen(String identity) throws RocksDBException, IOException {
        store.close();
        store = open(identity);
    }

    void write(AttemptRow row, Instant at) throws RocksDBException {
        Changes changes = store.change();
        changes.take(row, at.toEpochMilli());
        changes.readOnAt(Source.ATTEMPTS, ++offset);
        changes.write();
    }

    void write(OutcomeRow row, Instant at) throws RocksDBException {
        Changes changes = store.change();
        changes.take(row, ++offset, at.toEpochMilli());
        changes.readOnAt(Source.OUTCOMES, offset);
        changes.write();
    }

    /** A delivery of an event of that time, whose row is written then. */
    String deliver(String event, Instant at) throws RocksDBException {
        LogRows rows = LogRows.of(ENDPOINT, event, at);
        write(rows.delivered(1, at), at);
        return rows.id();
    }

    /** Over all pages, the newest first. */
    List<LoggedDelivery> all() {
        List<LoggedDelivery> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            LogQuery query = LogQuery.newest(100);
            LogPage page = store.list(ENDPOINT, cursor == null ? query : query.from(cursor));
            found.addAll(page.deliveries());
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }

    List<String> ids() {
        return all().stream().map(LoggedDelivery::deliveryId).toList();
    }

    @Override
    public void close() throws RocksDBException, IOException {
        store.close();
        memory.close();
    }
}
