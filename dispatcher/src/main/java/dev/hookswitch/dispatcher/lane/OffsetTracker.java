package dev.hookswitch.dispatcher.lane;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is done in one partition, by order of registration: offsets may have gaps. Its low-water mark is the offset to
 * commit; the offsets above it that are not done make up the map that goes with the commit. Holds what is not done and
 * nothing else, so one record that takes long costs nothing while others pass it. Not for several threads.
 */
final class OffsetTracker {
    private final CommitMap.Known alreadyDone;
    private @Nullable Entry oldest;
    private @Nullable Entry newest;
    private long next;
    private int incomplete;
    private boolean changed;

    /** One record's place. Completion goes through this object, so that a stale one cannot touch a later tracker. */
    static final class Entry {
        private final OffsetTracker owner;
        private final long offset;
        private final long registeredAtNanos;
        private @Nullable Entry older;
        private @Nullable Entry newer;
        private boolean done;

        private Entry(OffsetTracker owner, long offset, long registeredAtNanos) {
            this.owner = owner;
            this.offset = offset;
            this.registeredAtNanos = registeredAtNanos;
        }

        OffsetTracker owner() {
            return owner;
        }

        long offset() {
            return offset;
        }

        /** Marks it done; a second time changes nothing. */
        void complete() {
            if (!done) {
                done = true;
                owner.unlink(this);
            }
        }
    }

    /**
     * A tracker for a partition that was just assigned.
     *
     * @param start the offset to be read first
     * @param alreadyDone what the last commit says of offsets from there on
     */
    OffsetTracker(long start, CommitMap.Known alreadyDone) {
        this.next = start;
        this.alreadyDone = alreadyDone;
    }

    /** Whether an offset was done before the last restart or rebalance. */
    boolean wasDone(long offset) {
        return alreadyDone.isDone(offset);
    }

    /** Registers the next record of the partition; offsets only rise. */
    Entry register(long offset, long nowNanos) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " comes after " + next);
        }
        next = offset + 1;
        Entry entry = new Entry(this, offset, nowNanos);
        entry.older = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
        incomplete++;
        return entry;
    }

    /** Passes offsets that hold no record to deliver: markers, and what was done before. */
    void skipTo(long nextOffset) {
        if (nextOffset > next) {
            next = nextOffset;
            changed = true;
        }
    }

    /** Whether there is something to commit. */
    boolean changed() {
        return changed;
    }

    /** What there was to commit is being committed, or has to be once more. */
    void changed(boolean toCommit) {
        changed = toCommit;
    }

    private void unlink(Entry entry) {
        Entry older = entry.older;
        Entry newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        entry.older = null;
        entry.newer = null;
        incomplete--;
        changed = true;
    }

    /** The offset to commit: everything below it is done. */
    long lowWaterMark() {
        return oldest == null ? next : oldest.offset;
    }

    /** The offset after the last one seen. */
    long next() {
        return next;
    }

    /** How many are registered and not done. */
    int incomplete() {
        return incomplete;
    }

    /** How many offsets lie between the low-water mark and the last one seen. */
    long ahead() {
        return next - lowWaterMark();
    }

    /** How long the oldest that is not done has been waiting; 0 when there is none. */
    long oldestAgeNanos(long nowNanos) {
        return oldest == null ? 0 : nowNanos - oldest.registeredAtNanos;
    }

    /** Up to where it is known what is done: what was seen, or what the last commit said before a restart. */
    long knownUpTo() {
        return Math.max(next, alreadyDone.upTo());
    }

    /** The offsets from the low-water mark up to {@link #knownUpTo()} that are not done, ascending. */
    long[] incompleteOffsets() {
        long[] seen = new long[incomplete];
        int count = 0;
        for (Entry entry = oldest; entry != null; entry = entry.newer) {
            seen[count++] = entry.offset;
        }
        LongStream notReadAgainYet = LongStream.of(alreadyDone.notDone()).filter(offset -> offset >= next);
        return LongStream.concat(LongStream.of(seen), notReadAgainYet).toArray();
    }
}
