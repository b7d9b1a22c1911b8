package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** What Hookswitch wrote down, read as anybody can read it: committed rows of the outcome, attempt and status topics. */
final class Books implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final TopicLayout topics;
    private final CompactedTopic reader;
    private final Thread thread;
    private final LongSupplier nanoTime;
    private final Queue<AttemptRow> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<OutcomeRow> outcomes = new ConcurrentLinkedQueue<>();
    private final Map<String, Disabling> disablings = new ConcurrentHashMap<>();
    private volatile boolean stop;

    /**
     * When an endpoint was first seen to be disabled.
     *
     * @param seenNanos in System.nanoTime
     * @param failures in a row, as the status says
     */
    record Disabling(long seenNanos, int failures) {}

    Books(Settings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        topics = TopicLayout.of(settings);
        reader = new CompactedTopic(
                new KafkaProperties(settings),
                List.of(topics.deliveryAttempts(), topics.deliveryOutcomes(), topics.endpointStatus()));
        thread = new Thread(this::follow, "books");
        thread.setDaemon(true);
        thread.start();
    }

    List<AttemptRow> attempts() {
        return List.copyOf(attempts);
    }

    List<OutcomeRow> outcomes() {
        return List.copyOf(outcomes);
    }

    Optional<Disabling> disabling(String webhookId) {
        return Optional.ofNullable(disablings.get(webhookId));
    }

    int disabledEndpoints() {
        return disablings.size();
    }

    private void follow() {
        try {
            while (!stop) {
                reader.poll(POLL, this::take);
            }
        } catch (WakeupException closing) {
            // As asked.
        } finally {
            reader.close();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        if (record.topic().equals(topics.deliveryAttempts())) {
            attempts.add(Wire.read(value, AttemptRow.class));
        } else if (record.topic().equals(topics.deliveryOutcomes())) {
            outcomes.add(Wire.read(value, OutcomeRow.class));
        } else {
            EndpointStatus status = Wire.read(value, EndpointStatus.class);
            if (status.state() == EndpointStatus.State.DISABLED) {
                disablings.putIfAbsent(
                        status.webhookId(), new Disabling(nanoTime.getAsLong(), status.consecutiveFailures()));
            }
        }
    }

    @Override
    public void close() {
        stop = true;
        reader.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
