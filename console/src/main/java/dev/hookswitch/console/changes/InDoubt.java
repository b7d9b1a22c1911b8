package dev.hookswitch.console.changes;

import dev.hookswitch.common.kafka.KafkaProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A transaction whose writer was shut out while it was committed. One of its records tells: it stands in the log, committed
 * or aborted.
 *
 * @param partition of that record
 * @param offset of that record
 */
record InDoubt(TopicPartition partition, long offset) {
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Whether it was committed. To be asked when the transaction has an end.
     *
     * @throws IllegalStateException when Kafka does not tell within the limit
     */
    boolean wasMade(KafkaProperties kafka, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.consumer(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none",
                        "fetch.max.wait.ms", "100")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            while (consumer.position(partition) <= offset) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new IllegalStateException(
                            "Kafka did not tell within " + limit.toSeconds() + " s whether the change was made");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == offset) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
