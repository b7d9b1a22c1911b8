package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the dispatcher has committed, read after it has stopped: the witness of the benchmark. A row carries the time at
 * which it was handed to the transaction, so that a window of time has its rows.
 *
 * @param outcomes in the topic
 * @param outcomesInWindow of these, written in the window
 * @param attemptMillis durations of the attempts in the window
 */
record CommittedRows(long outcomes, long outcomesInWindow, Histogram attemptMillis) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    /** Reads both topics; the window is in epoch milliseconds, its end not in it. */
    static CommittedRows read(String bootstrapServers, TopicLayout topics, long fromMs, long toMs) {
        long[] outcomes = new long[2];
        read(bootstrapServers, topics.deliveryOutcomes(), 0, row -> {
            outcomes[0]++;
            outcomes[1] += isIn(row, fromMs, toMs) ? 1 : 0;
        });
        Histogram attemptMillis = new Histogram(LONGEST_MILLIS, 3);
        read(bootstrapServers, topics.deliveryAttempts(), fromMs, row -> {
            if (isIn(row, fromMs, toMs)) {
                AttemptRow attempt = Wire.read(row.value(), AttemptRow.class);
                if (attempt.kind() == AttemptRow.Kind.ATTEMPT) {
                    attemptMillis.recordValue(Math.min(LONGEST_MILLIS, attempt.durationMs()));
                }
            }
        });
        return new CommittedRows(outcomes[0], outcomes[1], attemptMillis);
    }

    private static boolean isIn(ConsumerRecord<byte[], byte[]> row, long fromMs, long toMs) {
        return row.timestamp() >= fromMs && row.timestamp() < toMs;
    }

    private static void read(
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
