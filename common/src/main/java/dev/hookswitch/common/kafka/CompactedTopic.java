package dev.hookswitch.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole compacted topics from their beginning and then follows them, without a consumer group. Has no thread: its
 * owner calls it. Not safe for several threads, except {@link #wakeup()}.
 */
public final class CompactedTopic implements AutoCloseable {
    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> ahead = new HashMap<>();

    /**
     * Finds the partitions and where they end now.
     *
     * @param kafka client properties
     * @param topics the topics to read
     */
    public CompactedTopic(KafkaProperties kafka, List<String> topics) {
        consumer = new KafkaConsumer<>(
                kafka.consumer(Map.of(
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed",
                        "allow.auto.create.topics", "false",
                        "fetch.max.wait.ms", "100")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ahead.putAll(consumer.endOffsets(partitions));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Takes what has come, waiting at most so long for the first record. A null value is a deletion. */
    public void poll(Duration wait, BiConsumer<ConsumerRecord<String, byte[]>, byte @Nullable []> take) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(wait)) {
            take.accept(record, record.value());
        }
    }

    /** Whether everything that was there at the start, or at the last {@link #look}, has been read. */
    public boolean caughtUp() {
        ahead.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ahead.isEmpty();
    }

    /**
     * Asks Kafka where the partitions end now; {@link #caughtUp} is about these ends from then on.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when Kafka does not say within the limit; nothing changes then
     */
    public void look(Duration limit) {
        ahead.putAll(consumer.endOffsets(consumer.assignment(), limit));
    }

    /** Ends a {@link #poll} of another thread with a {@code WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
