package dev.hookswitch.console.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A partition that this process keeps the log of. One thread fills it; any may ask. */
final class OwnedPartition {
    private final PartitionStore store;
    /** Where the topics ended when it came here. */
    private final Map<Source, Long> ends;

    private final Map<Source, Long> readTo = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;

    OwnedPartition(PartitionStore store, Map<Source, Long> ends) {
        this.store = store;
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
}
