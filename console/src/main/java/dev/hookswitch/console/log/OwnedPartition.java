package dev.hookswitch.console.log;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A partition that this process keeps the log of. One thread fills it; any may ask. */
final class OwnedPartition {
    /** Far more than is between two confirmations. */
    private static final long CONFIRMED_NANOS = Duration.ofSeconds(60).toNanos();

    private final PartitionStore store;
    /** Where the topics ended when it came here. */
    private final Map<Source, Long> ends;

    private final Map<Source, Long> readTo = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile boolean caughtUp;
    private volatile long confirmedAtNanos;

    /**
     * Ours as of now.
     *
     * @param ends where the topics end
     */
    OwnedPartition(PartitionStore store, Map<Source, Long> ends, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.confirmedAtNanos = nanoTime.getAsLong();
        this.ends = new EnumMap<>(ends);
    }

    PartitionStore store() {
        return store;
    }

    /** Everything before that offset is in the store. */
    void readTo(Source source, long offset) {
        readTo.put(source, offset);
        if (!caughtUp) {
            caughtUp =
                    ends.entrySet().stream().allMatch(end -> readTo.getOrDefault(end.getKey(), -1L) >= end.getValue());
        }
    }

    /** The first offset that is not in the store, as far as it is known. */
    long readTo(Source source) {
        return readTo.getOrDefault(source, 0L);
    }

    /** Whether everything is in it that was written before it came here. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** The group has said that it is ours. */
    void confirm() {
        confirmedAtNanos = nanoTime.getAsLong();
    }

    /** Whether the group has said so lately: who is cut off from it does not see what is added, or that another one has it. */
    boolean isConfirmed() {
        return nanoTime.getAsLong() - confirmedAtNanos < CONFIRMED_NANOS;
    }
}
