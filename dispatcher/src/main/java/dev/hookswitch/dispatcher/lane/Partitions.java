package dev.hookswitch.dispatcher.lane;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** The partitions that a lane owns, with the tracker of each. Used by the lane's thread alone. */
final class Partitions {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Uuid> topicIds;
    private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
    private long commitNumber;

    /** @param firstCommitNumber larger than any that an earlier life of this lane has used */
    Partitions(Consumer<byte[], byte[]> consumer, Map<String, Uuid> topicIds, long firstCommitNumber) {
        this.consumer = consumer;
        this.topicIds = topicIds;
        this.commitNumber = firstCommitNumber;
    }

    /** Starts trackers where the group's commits say. */
    void assigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata at = committed.get(partition);
            CommitMap.Known done = at == null
                    ? CommitMap.Known.NOTHING
                    : CommitMap.read(topicId(partition), at.offset(), at.metadata());
            trackers.put(partition, new OffsetTracker(consumer.position(partition), done));
        }
    }

    void dropped(Collection<TopicPartition> partitions) {
        partitions.forEach(trackers::remove);
    }

    /** Starts a new tracker for a partition whose log was cut or made anew, so that it is read from an earlier offset. */
    OffsetTracker restart(TopicPartition partition, long offset) {
        OffsetTracker tracker = new OffsetTracker(offset, CommitMap.Known.NOTHING);
        trackers.put(partition, tracker);
        return tracker;
    }

    @Nullable OffsetTracker tracker(TopicPartition partition) {
        return trackers.get(partition);
    }

    Collection<OffsetTracker> trackers() {
        return trackers.values();
    }

    /** Whether a record taken in earlier still is ours to complete. */
    boolean owns(Work work) {
        return trackers.get(work.partition()) == work.taken().entry().owner();
    }

    /** Whether a tracker is one of ours now. */
    boolean isCurrent(OffsetTracker tracker) {
        return trackers.containsValue(tracker);
    }

    /**
     * What to commit now: the low-water mark of each partition in which something changed, with its map. They count as
     * unchanged from now on.
     */
    Map<TopicPartition, OffsetAndMetadata> snapshot() {
        commitNumber++;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        trackers.forEach((partition, tracker) -> {
            if (tracker.changed()) {
                String map = CommitMap.write(topicId(partition), commitNumber, tracker);
                offsets.put(partition, new OffsetAndMetadata(tracker.lowWaterMark(), map));
                tracker.changed(false);
            }
        });
        return offsets;
    }

    /** A snapshot of these was not committed: the next one has them again. */
    void notCommitted(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OffsetTracker tracker = trackers.get(partition);
            if (tracker != null) {
                tracker.changed(true);
            }
        }
    }

    boolean anyChanged() {
        return trackers.values().stream().anyMatch(OffsetTracker::changed);
    }

    void forEach(BiConsumer<TopicPartition, OffsetTracker> what) {
        trackers.forEach(what);
    }

    private Uuid topicId(TopicPartition partition) {
        return topicIds.getOrDefault(partition.topic(), Uuid.ZERO_UUID);
    }
}
