package dev.hookswitch.retry.tier;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one tier has fetched and may not release yet, in the order of the log. Every record of a tier waits equally long
 * from its timestamp, so only the head of each partition decides. Arithmetic alone: the time is an argument.
 *
 * <p>A head whose timestamp lies in the future, after a step of the broker's clock, holds what is behind it: late, in
 * order, never early.
 */
final class HeldRecords {
    private final long delayMs;
    private final Map<TopicPartition, Held> byPartition = new HashMap<>();

    HeldRecords(Duration delay) {
        this.delayMs = delay.toMillis();
    }

    /** When a record may be released at the earliest, epoch milliseconds. */
    long dueMs(ConsumerRecord<byte[], byte[]> entry) {
        return entry.timestamp() + delayMs;
    }

    /**
     * Adds what was fetched behind what is held.
     *
     * @param records at least one
     * @param next where reading goes on after these records, which may lie behind trailing transaction markers; null
     *     when that is right after the last record
     */
    void hold(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, @Nullable OffsetAndMetadata next) {
        Held held = byPartition.computeIfAbsent(partition, p -> new Held());
        held.waiting.addAll(records);
        held.next = next;
    }

    /** Removes and returns all that is due, each partition in the order of its log. */
    Release takeDue(long nowMs) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        byPartition.forEach((partition, held) -> {
            ConsumerRecord<byte[], byte[]> last = null;
            while (headIsDue(held, nowMs)) {
                last = held.waiting.remove();
                records.add(last);
            }
            if (last != null) {
                offsets.put(partition, held.offsetAfter(last));
            }
        });
        byPartition.values().removeIf(held -> held.waiting.isEmpty());
        return new Release(records, offsets);
    }

    private boolean headIsDue(Held held, long nowMs) {
        ConsumerRecord<byte[], byte[]> head = held.waiting.peek();
        return head != null && dueMs(head) <= nowMs;
    }

    /** How long until the next record is due, in milliseconds, at least 0 and at most the limit. */
    long untilNextDueMs(long nowMs, long limitMs) {
        long wait = limitMs;
        for (Held held : byPartition.values()) {
            wait = Math.min(wait, dueMs(held.waiting.element()) - nowMs);
        }
        return Math.max(0, wait);
    }

    /** The partitions that hold something, which are to be paused; all others are to be read. */
    Set<TopicPartition> partitions() {
        return Set.copyOf(byPartition.keySet());
    }

    /** How many records are held. */
    int size() {
        return byPartition.values().stream()
                .mapToInt(held -> held.waiting.size())
                .sum();
    }

    /** Forgets what is held of partitions that are no longer ours. */
    void drop(Collection<TopicPartition> partitions) {
        byPartition.keySet().removeAll(partitions);
    }

    /** Forgets everything. */
    void clear() {
        byPartition.clear();
    }

    /** One partition's records, none of them due yet, and where reading goes on behind them. */
    private static final class Held {
        private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
        private @Nullable OffsetAndMetadata next;

        private OffsetAndMetadata offsetAfter(ConsumerRecord<byte[], byte[]> last) {
            return waiting.isEmpty() && next != null
                    ? next
                    : new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
        }
    }

    /**
     * What is due.
     *
     * @param records to be copied in this order
     * @param offsets what is done once they are copied
     */
    record Release(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, OffsetAndMetadata> offsets) {
        boolean isEmpty() {
            return records.isEmpty();
        }
    }
}
