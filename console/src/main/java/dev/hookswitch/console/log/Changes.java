package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.console.log.HistoryCodec.Head;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Rows on their way into a store, written at once together with where to read on. For one thread, and used once.
 *
 * <p>The time of a row is that of its record, but never before that of the row before it in its topic, nor ahead of our clock:
 * so clocks that step do no harm. A delivery stays in the segment that its first row went to. To find it again, not all segments
 * are searched: it cannot be older than its event, except by as much as the clocks of producers are ahead. The most that was ever
 * seen is remembered.
 */
final class Changes {
    private static final byte[] NO_VALUE = {};

    private final Database database;
    private final StoreSpec spec;
    private final Map<DeliveryKey, Change> changed = new LinkedHashMap<>();
    private final Map<Source, Long> positions = new EnumMap<>(Source.class);
    private final Map<Source, Long> newestMs = new EnumMap<>(Source.class);
    private long aheadMs;

    Changes(Database database, StoreSpec spec) throws RocksDBException {
        this.database = database;
        this.spec = spec;
        this.aheadMs = StoreAbout.number(database, StoreAbout.AHEAD_MS, 0);
        for (Source source : Source.values()) {
            newestMs.put(source, StoreAbout.number(database, source.newestKey(), 0));
        }
    }

    private record DeliveryKey(EndpointId endpoint, String deliveryId) {}

    /** A delivery in its segment, as it was on disk and as it is to be. */
    private static final class Change {
        final Segment segment;
        final @Nullable Head before;

        @Nullable History history;

        Change(Segment segment, @Nullable Head before, @Nullable History history) {
            this.segment = segment;
            this.before = before;
            this.history = history;
        }
    }

    /**
     * Takes an attempt or a deferral.
     *
     * @param writtenAtMs the time of its record
     * @throws IllegalArgumentException when its delivery id is none
     */
    void take(AttemptRow row, long writtenAtMs) throws RocksDBException {
        boolean putOff = row.kind() == Kind.DEFERRAL;
        Waiting next = spec.waiting(putOff ? row.attempt() : row.attempt() + 1, row.nextTier(), writtenAtMs, putOff);
        DeliveryKey key = new DeliveryKey(new EndpointId(row.tenant(), row.webhookId()), row.deliveryId());
        change(key, timeOf(Source.ATTEMPTS, writtenAtMs), before -> History.with(before, row, next));
    }

    /** Takes an outcome, which stands at that offset; else as attempts. */
    void take(OutcomeRow row, long offset, long writtenAtMs) throws RocksDBException {
        DeliveryKey key = new DeliveryKey(new EndpointId(row.tenant(), row.webhookId()), row.deliveryId());
        change(key, timeOf(Source.OUTCOMES, writtenAtMs), before -> History.with(before, row, offset));
    }

    /** Where to read on in a topic. */
    void readOnAt(Source source, long offset) {
        positions.put(source, offset);
    }

    private long timeOf(Source source, long writtenAtMs) {
        long timeMs = Math.min(writtenAtMs, spec.clock().millis());
        return newestMs.merge(source, timeMs, Math::max);
    }

    private void change(DeliveryKey key, long timeMs, UnaryOperator<@Nullable History> with) throws RocksDBException {
        if (timeMs < spec.keptSinceMs(Collections.max(newestMs.values()))) {
            return;
        }
        Change change = changed.get(key);
        if (change == null) {
            change = find(key, timeMs);
            changed.put(key, change);
        }
        change.history = with.apply(change.history);
    }

    private Change find(DeliveryKey key, long timeMs) throws RocksDBException {
        long occurredAtMs = DeliveryId.occurredAtMs(key.deliveryId());
        aheadMs = Math.max(aheadMs, occurredAtMs - timeMs);
        byte[] bytes = Keys.delivery(Keys.ALL, key.endpoint(), key.deliveryId());
        for (Segment segment : database.segments()) {
            if (segment.untilMs() > occurredAtMs - aheadMs) {
                byte[] found = database.get(segment, bytes);
                if (found != null) {
                    return new Change(segment, HistoryCodec.readHead(found), HistoryCodec.read(found));
                }
            }
        }
        return new Change(database.segmentAt(timeMs, spec.segmentMs()), null, null);
    }

    /** Writes all of it, or nothing when it fails. */
    void write() throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (Map.Entry<DeliveryKey, Change> each : changed.entrySet()) {
                put(batch, each.getKey(), each.getValue());
            }
            for (Map.Entry<Source, Long> position : positions.entrySet()) {
                database.putAbout(batch, position.getKey().positionKey(), StoreAbout.bytes(position.getValue()));
            }
            for (Map.Entry<Source, Long> newest : newestMs.entrySet()) {
                database.putAbout(batch, newest.getKey().newestKey(), StoreAbout.bytes(newest.getValue()));
            }
            database.putAbout(batch, StoreAbout.AHEAD_MS, StoreAbout.bytes(aheadMs));
            database.write(batch);
        }
    }

    private static void put(WriteBatch batch, DeliveryKey key, Change change) throws RocksDBException {
        History history = change.history;
        if (history == null) {
            return;
        }
        Head head = Head.of(history);
        var family = change.segment.family();
        batch.put(family, Keys.delivery(Keys.ALL, key.endpoint(), key.deliveryId()), HistoryCodec.write(history, head));
        boolean listed = change.before != null && !change.before.isPlain();
        if (!head.isPlain() && !listed) {
            batch.put(family, Keys.delivery(Keys.NOT_PLAIN, key.endpoint(), key.deliveryId()), NO_VALUE);
        } else if (head.isPlain() && listed) {
            batch.delete(family, Keys.delivery(Keys.NOT_PLAIN, key.endpoint(), key.deliveryId()));
        }
    }
}
