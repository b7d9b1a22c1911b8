package dev.hookswitch.console.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.recovery.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows what is written about one endpoint's deliveries, from a moment on. For one thread. */
public final class TestWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Map<String, String> CONSUMER = Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "latest",
            "allow.auto.create.topics", "false",
            "fetch.min.bytes", "1",
            "fetch.max.wait.ms", "100");

    private final Consumer<byte[], byte[]> consumer;
    private final String attempts;
    private final byte[] key;
    private final List<TopicPartition> partitions;

    private TestWatch(KafkaProperties kafka, TopicLayout topics, String webhookId) {
        this.attempts = topics.deliveryAttempts();
        this.key = webhookId.getBytes(UTF_8);
        int partition = Partitions.of(webhookId, topics);
        this.partitions = List.of(
                new TopicPartition(attempts, partition), new TopicPartition(topics.deliveryOutcomes(), partition));
        this.consumer =
                new KafkaConsumer<>(kafka.consumer(CONSUMER), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
    }

    /** From now on. */
    public static TestWatch fromNow(KafkaProperties kafka, TopicLayout topics, String webhookId) {
        TestWatch watch = new TestWatch(kafka, topics, webhookId);
        watch.seek(watch.consumer.endOffsets(watch.partitions, LIMIT));
        return watch;
    }

    /** With what was written since then. */
    public static TestWatch since(KafkaProperties kafka, TopicLayout topics, String webhookId, Instant since) {
        TestWatch watch = new TestWatch(kafka, topics, webhookId);
        Map<TopicPartition, Long> ends = watch.consumer.endOffsets(watch.partitions, LIMIT);
        Map<TopicPartition, OffsetAndTimestamp> starts = watch.consumer.offsetsForTimes(
                watch.partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli())),
                LIMIT);
        watch.seek(ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, end -> {
            OffsetAndTimestamp start = starts.get(end.getKey());
            return start == null ? end.getValue() : Math.min(start.offset(), end.getValue());
        })));
        return watch;
    }

    private void seek(Map<TopicPartition, Long> offsets) {
        offsets.forEach(consumer::seek);
    }

    /** What becomes of the delivery; empty when nothing does within the limit. */
    public Optional<TestResult> await(String deliveryId, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        do {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<TestResult> result =
                        Arrays.equals(key, record.key()) ? read(record, deliveryId) : Optional.empty();
                if (result.isPresent()) {
                    return result;
                }
            }
        } while (System.nanoTime() - deadlineNanos < 0);
        return Optional.empty();
    }

    private Optional<TestResult> read(ConsumerRecord<byte[], byte[]> record, String deliveryId) {
        try {
            if (record.topic().equals(attempts)) {
                AttemptRow row = Wire.read(record.value(), AttemptRow.class);
                return row.deliveryId().equals(deliveryId) ? TestResult.of(row) : Optional.empty();
            }
            OutcomeRow row = Wire.read(record.value(), OutcomeRow.class);
            return row.deliveryId().equals(deliveryId) ? TestResult.of(row) : Optional.empty();
        } catch (RuntimeException e) {
            // No row of ours is of interest that cannot be read.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
