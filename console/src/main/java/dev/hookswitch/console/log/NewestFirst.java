package dev.hookswitch.console.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Keys of a range over all segments, from the last to the first. For one thread; the database stays open meanwhile. */
final class NewestFirst implements AutoCloseable {
    private final Database database;
    private final Slice lower;
    private final Slice upper;
    private final ReadOptions reading;
    private final List<RocksIterator> iterators = new ArrayList<>();
    private final PriorityQueue<Place> places = new PriorityQueue<>(
            Comparator.comparing(Place::key, Arrays::compareUnsigned).reversed());
    private @Nullable Place current;

    /** Where one segment stands. */
    private record Place(byte[] key, Segment segment, RocksIterator iterator) {}

    /**
     * @param from the first key of the range
     * @param until the first key behind it
     */
    NewestFirst(Database database, byte[] from, byte[] until) {
        this.database = database;
        lower = new Slice(from);
        upper = new Slice(until);
        reading = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    }

    /** Goes to the next key; false when there is none. */
    boolean next() throws RocksDBException {
        Place before = current;
        if (before == null) {
            begin();
        } else {
            before.iterator.prev();
            Place next = place(before.segment, before.iterator);
            Place other = places.peek();
            // Neighbours are mostly in one segment.
            if (next != null && (other == null || Arrays.compareUnsigned(next.key, other.key) > 0)) {
                current = next;
                return true;
            }
            if (next != null) {
                places.add(next);
            }
        }
        current = places.poll();
        return current != null;
    }

    private void begin() throws RocksDBException {
        for (Segment segment : database.segments()) {
            RocksIterator iterator = database.iterator(segment, reading);
            iterators.add(iterator);
            iterator.seekToLast();
            Place place = place(segment, iterator);
            if (place != null) {
                places.add(place);
            }
        }
    }

    /** Null at the end of the segment. One that cannot be read further looks the same, and must not. */
    private @Nullable Place place(Segment segment, RocksIterator iterator) throws RocksDBException {
        if (!iterator.isValid()) {
            database.check(iterator);
            return null;
        }
        return new Place(iterator.key(), segment, iterator);
    }

    byte[] key() {
        return here().key;
    }

    byte[] value() {
        return here().iterator.value();
    }

    Segment segment() {
        return here().segment;
    }

    private Place here() {
        Place place = current;
        if (place == null) {
            throw new IllegalStateException("not at a key");
        }
        return place;
    }

    @Override
    public void close() {
        iterators.forEach(RocksIterator::close);
        reading.close();
        lower.close();
        upper.close();
    }
}
