package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to their topic, within a time limit, and for so many requests at once only. */
final class EventPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Limits limits;
    private final KafkaState state;
    private final IngestMetrics metrics;
    private final Semaphore permits;

    EventPublisher(
            Producer<byte[], byte[]> producer, String topic, Limits limits, KafkaState state, IngestMetrics metrics) {
        this.producer = producer;
        this.topic = topic;
        this.limits = limits;
        this.state = state;
        this.metrics = metrics;
        this.permits = new Semaphore(limits.maxWaiting());
        metrics.watchWaiting(() -> limits.maxWaiting() - permits.availablePermits());
    }

    /** What the producer must be given so that an acknowledgement means that the event is safe, and comes in time. */
    static Map<String, String> producerProperties(Limits limits, int maxRequestBytes) {
        Map<String, String> ours = new HashMap<>();
        ours.put(ProducerConfig.CLIENT_ID_CONFIG, "ingest");
        ours.put(ProducerConfig.ACKS_CONFIG, "all");
        ours.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        ours.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(maxRequestBytes));
        ours.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(limits.maxBlock()));
        ours.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(limits.acknowledgement()));
        // Half of it: time for a second try at another leader.
        ours.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis(limits.acknowledgement().dividedBy(2)));
        return ours;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** Writes events, in their order, and waits until all are acknowledged, at most {@link Limits#total()}. */
    Publication publish(List<Incoming> events) {
        if (!permits.tryAcquire()) {
            return Publication.OVERLOADED;
        }
        try {
            return metrics.timeAcknowledgement(() -> send(events));
        } finally {
            permits.release();
        }
    }

    private Publication send(List<Incoming> events) {
        // The producer gives up by itself; the limit is for the case that it does not.
        long deadlineNanos = System.nanoTime() + limits.total().toNanos();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
            for (Incoming incoming : events) {
                Future<RecordMetadata> result = producer.send(
                        new ProducerRecord<>(topic, incoming.event().tenant().getBytes(UTF_8), incoming.bytes()));
                if (System.nanoTime() - deadlineNanos > 0) {
                    // Each had to wait for room, and got it.
                    throw new TimeoutException();
                }
                if (result.isDone()) {
                    // Most likely there is no room or no leader: the next would wait for it as long as this one did.
                    result.get();
                }
                sent.add(result);
            }
            for (Future<RecordMetadata> result : sent) {
                result.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            state.acknowledged();
            return Publication.ACKNOWLEDGED;
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(e);
        } catch (TimeoutException | RuntimeException e) {
            return failed(e);
        }
    }

    private Publication failed(Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return Publication.TOO_LARGE;
        }
        boolean lasting = !(cause instanceof RetriableException
                || cause instanceof TimeoutException
                || cause instanceof InterruptedException);
        if (state.failed(cause.getClass().getSimpleName(), lasting)) {
            LOG.warn("Kafka takes no events into {}: {}", topic, cause.toString());
        }
        return Publication.UNAVAILABLE;
    }

    /** Waits for what is under way, at most the time limit of a request. */
    @Override
    public void close() {
        producer.close(limits.total());
    }
}
