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
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries of one partition in a folder, which may be lost. One thread writes, expires and closes; any may read.
 */
final class PartitionStore implements AutoCloseable {
    /** Deliveries that are looked at for one page, at the most: some milliseconds. */
    static final int MOST_LOOKED_AT = 2_500;

    private static final Logger LOG = LoggerFactory.getLogger(PartitionStore.class);

    private final Path folder;
    private final StoreSpec spec;
    private final Database database;
    /** Reading holds the one, so that no file goes away meanwhile; writing needs none. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    private PartitionStore(Path folder, StoreSpec spec, Database database) {
        this.folder = folder;
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
        return new PartitionStore(folder, spec, StoreFolder.open(folder, identity, spec.memory()));
    }

    /** Where to read on; nothing when nothing was read. */
    OptionalLong readOnAt(Source source) throws RocksDBException {
        long next = StoreAbout.number(database, source.positionKey(), -1);
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    Changes change() throws RocksDBException {
        return new Changes(database, spec);
    }

    /**
     * Drops what is older than is kept. Cheap when there is nothing.
     *
     * @throws RocksDBException also when somebody has read what cannot be right; closing deletes the folder then
     */
    void expire() throws RocksDBException {
        if (database.isBroken()) {
            throw new RocksDBException("what is in " + folder + " cannot be right");
        }
        long newestMs = 0;
        for (Source source : Source.values()) {
            newestMs = Math.max(newestMs, StoreAbout.number(database, source.newestKey(), 0));
        }
        long sinceMs = spec.keptSinceMs(newestMs);
        for (Segment segment : database.segments()) {
            if (segment.untilMs() <= sinceMs) {
                drop(segment);
            }
        }
    }

    private void drop(Segment segment) throws RocksDBException {
        lock.writeLock().lock();
        try {
            database.drop(segment);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How many bytes its files have. */
    long bytes() throws RocksDBException {
        long bytes = 0;
        for (Segment segment : database.segments()) {
            bytes += database.bytes(segment);
        }
        return bytes;
    }

    /** When its oldest segment ends, epoch milliseconds; nothing when there is but one. */
    OptionalLong oldestUntilMs() {
        List<Segment> segments = database.segments();
        return segments.size() < 2
                ? OptionalLong.empty()
                : OptionalLong.of(segments.get(segments.size() - 1).untilMs());
    }

    /** Drops the oldest segment before its time, and says how many bytes its files had. There must be several. */
    long dropOldest() throws RocksDBException {
        Segment oldest = database.segments().get(database.segments().size() - 1);
        long bytes = database.bytes(oldest);
        drop(oldest);
        return bytes;
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
                throw unavailable("the log of this endpoint goes to another process");
            }
            return reading.read();
        } catch (RocksDBException e) {
            LOG.error("delivery log folder={} cannot be read: {}", folder, e.getMessage());
            throw (LogUnavailable)
                    unavailable("the log of this endpoint cannot be read").initCause(e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static LogUnavailable unavailable(String message) {
        return new LogUnavailable(Reason.UNREACHABLE, Duration.ofSeconds(2), message);
    }

    /** Keeps the folder for the next time, if it is sound. */
    @Override
    public void close() throws RocksDBException, IOException {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeDatabase();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void closeDatabase() throws RocksDBException, IOException {
        try {
            database.close();
        } finally {
            if (database.isBroken()) {
                LOG.error("delivery log folder={} is broken and is made anew", folder);
                StoreFolder.delete(folder);
            }
        }
    }
}
