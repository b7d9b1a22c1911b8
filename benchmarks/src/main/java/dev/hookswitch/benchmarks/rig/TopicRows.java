package dev.hookswitch.benchmarks.rig;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, once, up to its end. */
public final class TopicRows {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicRows() {}

    /**
     * Gives each record; those of a partition in order.
     *
     * @param fromMs timestamp of the first record to be read, epoch milliseconds; 0 for all
     * @throws IllegalStateException when it takes longer than five minutes
     */
    public static void read(
            String bootstrapServers, String topic, long fromMs, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5_000,
                "fetch.max.bytes",
                16 * 1024 * 1024);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            seek(consumer, partitions, ends, fromMs);
            long giveUpNanos = System.nanoTime() + LIMIT.toNanos();
            while (!ends.isEmpty()) {
                consumer.poll(POLL).forEach(take);
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (System.nanoTime() - giveUpNanos > 0) {
                    throw new IllegalStateException(topic + " was not read within " + LIMIT.toSeconds() + " s");
                }
            }
        }
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            Set<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            long fromMs) {
        if (fromMs == 0) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, OffsetAndTimestamp> from = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> fromMs)));
        for (TopicPartition partition : List.copyOf(partitions)) {
            OffsetAndTimestamp first = from.get(partition);
            if (first == null) {
                consumer.seek(partition, ends.getOrDefault(partition, 0L));
            } else {
                consumer.seek(partition, first.offset());
            }
        }
    }
}
