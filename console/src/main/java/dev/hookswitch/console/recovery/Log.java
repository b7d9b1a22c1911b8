package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.RecoveryRow.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads parts of topics from one end to the other. Committed records only. */
final class Log {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long MAX_STALL_NANOS = Duration.ofSeconds(30).toNanos();

    private final RecoveryClients clients;

    Log(RecoveryClients clients) {
        this.clients = clients;
    }

    /** From the first record with that time or a later one, to the present end. */
    List<Range> since(String topic, Collection<Integer> partitions, Instant since) {
        return since(clients.reader(), topic, partitions, since);
    }

    /** The same, and what transactions have written that are not committed yet; a scan waits until they are. */
    List<Range> sinceWithPending(String topic, Collection<Integer> partitions, Instant since) {
        return since(clients.readerOfAll(), topic, partitions, since);
    }

    private static List<Range> since(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> client,
            String topic,
            Collection<Integer> partitions,
            Instant since) {
        try (client) {
            List<TopicPartition> all = at(topic, partitions);
            Map<TopicPartition, Long> ends = client.endOffsets(all);
            long sinceMs = Math.max(0, since.toEpochMilli());
            Map<TopicPartition, OffsetAndTimestamp> starts =
                    client.offsetsForTimes(all.stream().collect(Collectors.toMap(each -> each, each -> sinceMs)));
            return all.stream()
                    .map(each -> range(each, starts.get(each), ends.getOrDefault(each, 0L)))
                    .toList();
        }
    }

    private static Range range(TopicPartition partition, @Nullable OffsetAndTimestamp start, long end) {
        return new Range(partition.partition(), start == null ? end : Math.min(end, start.offset()), end);
    }

    /** The first offset of each partition that Kafka still keeps. */
    Map<Integer, Long> beginnings(String topic, Collection<Integer> partitions) {
        try (var consumer = clients.reader()) {
            return consumer.beginningOffsets(at(topic, partitions)).entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
        }
    }

    /**
     * Hands over every record of the ranges that Kafka still keeps, in order within a partition.
     *
     * @throws IllegalStateException when nothing moves for 30 seconds
     */
    void scan(String topic, List<Range> ranges, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        Map<TopicPartition, Range> open = new HashMap<>();
        for (Range range : ranges) {
            if (range.fromOffset() < range.untilOffset()) {
                open.put(new TopicPartition(topic, range.partition()), range);
            }
        }
        try (var consumer = clients.reader()) {
            consumer.assign(open.keySet());
            open.forEach((partition, range) -> consumer.seek(partition, range.fromOffset()));
            long movedAtNanos = System.nanoTime();
            while (!open.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    movedAtNanos = System.nanoTime();
                    Range range = open.get(new TopicPartition(topic, record.partition()));
                    if (range != null && record.offset() < range.untilOffset()) {
                        take.accept(record);
                    }
                }
                List<TopicPartition> read = open.entrySet().stream()
                        .filter(each -> consumer.position(each.getKey())
                                >= each.getValue().untilOffset())
                        .map(Map.Entry::getKey)
                        .toList();
                consumer.pause(read);
                read.forEach(open::remove);
                if (System.nanoTime() - movedAtNanos > MAX_STALL_NANOS) {
                    throw new IllegalStateException(topic + " could not be read: nothing came for "
                            + Duration.ofNanos(MAX_STALL_NANOS).toSeconds() + " s");
                }
            }
        }
    }

    private static List<TopicPartition> at(String topic, Collection<Integer> partitions) {
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
