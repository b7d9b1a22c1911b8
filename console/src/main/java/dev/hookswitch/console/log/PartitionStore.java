package dev.hookswitch.console.log;

import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.log.HistoryCodec.Head;
import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The deliveries of one partition in a folder, which may be lost. One thread writes, expires and closes; any may read.
 */
final class PartitionStore implements AutoCloseable {
    /** Deliveries that are looked at for one page, at the most: some milliseconds. */
    static final int MOST_LOOKED_AT = 2_500;

    private final StoreSpec spec;
    private final Database database;
    /** Reading holds the one, so that no file goes away meanwhile; writing needs none. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    private PartitionStore(StoreSpec spec, Database database) {
        this.spec = spec;
        this.database = database;
    }

    /**
     * Opens the folder. What was made of other topics, in another format, or is broken, is deleted, and the store is empty.
     *
     * @param identity of the topics
     * @throws RocksDBException when the folder cannot be used, for instance because another process does
     */
    static PartitionStore open(Path folder, String identity, StoreSpec spec) throws RocksDBException, IOException {
        return new PartitionStore(spec, StoreFolder.open(folder, identity, spec.memory()));
    }

    /** Where to read on; nothing when nothing was read. */
    OptionalLong readOnAt(Source source) throws RocksDBException {
        long next = StoreAbout.number(database, source.positionKey(), -1);
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    Changes change() throws RocksDBException {
        return new Changes(database, spec);
    }

    /** Drops what is older than is kept. Cheap when there is nothing. */
    void expire() throws RocksDBException {
        long sinceMs = spec.keptSinceMs();
        List<Segment> old = database.segments().stream()
                .filter(segment -> segment.untilMs() <= sinceMs)
                .toList();
        if (old.isEmpty()) {
            return;
        }
        lock.writeLock().lock();
        try {
            for (Segment segment : old) {
                database.drop(segment);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    Optional<LoggedDelivery> find(EndpointId endpoint, String deliveryId) {
        return reading(() -> {
            byte[] key = Keys.delivery(Keys.ALL, endpoint, deliveryId);
            for (Segment segment : database.segments()) {
                byte[] found = database.get(segment, key);
                if (found != null) {
                    return Optional.of(Standing.show(endpoint, deliveryId, HistoryCodec.read(found)));
                }
            }
            return Optional.empty();
        });
    }

    LogPage list(EndpointId endpoint, LogQuery query) {
        byte letter = query.leavesOutDelivered() ? Keys.NOT_PLAIN : Keys.ALL;
        byte[] from = Keys.from(letter, endpoint, query.fromMs());
        byte[] until = until(letter, endpoint, query);
        if (Arrays.compareUnsigned(from, until) >= 0) {
            return new LogPage(List.of(), null);
        }
        return reading(() -> {
            try (NewestFirst keys = new NewestFirst(database, from, until)) {
                return page(endpoint, query, letter, keys);
            }
        });
    }

    private LogPage page(EndpointId endpoint, LogQuery query, byte letter, NewestFirst keys) throws RocksDBException {
        List<LoggedDelivery> found = new ArrayList<>();
        int prefix = Keys.endpoint(letter, endpoint).length;
        byte[] last = null;
        for (int looked = 0; keys.next(); looked++) {
            if (last != null && (found.size() == query.limit() || looked == MOST_LOOKED_AT)) {
                return new LogPage(found, Keys.deliveryId(last, prefix));
            }
            last = keys.key();
            byte[] value = letter == Keys.ALL ? keys.value() : database.get(keys.segment(), other(last, Keys.ALL));
            if (value != null && accepts(query, HistoryCodec.readHead(value))) {
                found.add(Standing.show(endpoint, Keys.deliveryId(last, prefix), HistoryCodec.read(value)));
            }
        }
        return new LogPage(found, null);
    }

    private static boolean accepts(LogQuery query, Head head) {
        return query.accepts(head.status(), head.code(), head.eventType());
    }

    private static byte[] other(byte[] key, byte letter) {
        byte[] copy = key.clone();
        copy[0] = letter;
        return copy;
    }

    private static byte[] until(byte letter, EndpointId endpoint, LogQuery query) {
        byte[] until = Keys.until(letter, endpoint, query.untilMs());
        String cursor = query.cursor();
        if (cursor == null) {
            return until;
        }
        byte[] before = Keys.delivery(letter, endpoint, checkedCursor(cursor));
        return Arrays.compareUnsigned(before, until) < 0 ? before : until;
    }

    /** A cursor is the id of the last delivery that was looked at. */
    static String checkedCursor(String cursor) {
        try {
            DeliveryId.occurredAtMs(cursor);
            return cursor;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cursor must be the next_cursor of a page", e);
        }
    }

    /** What is done while the files stay. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws RocksDBException;
    }

    private <T> T reading(Reading<T> reading) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw moved(null);
            }
            return reading.read();
        } catch (RocksDBException e) {
            throw moved(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static LogUnavailable moved(@Nullable Exception cause) {
        LogUnavailable unavailable = new LogUnavailable(
                Reason.UNREACHABLE,
                Duration.ofSeconds(2),
                cause == null ? "the log of this endpoint goes to another process" : "the log cannot be read");
        if (cause != null) {
            unavailable.initCause(cause);
        }
        return unavailable;
    }

    /** Keeps the folder, for the next time. */
    @Override
    public void close() throws RocksDBException {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
