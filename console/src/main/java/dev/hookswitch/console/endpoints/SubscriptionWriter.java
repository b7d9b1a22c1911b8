package dev.hookswitch.console.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Writes {@code subscriptions}; returns when every in-sync replica has the record. */
final class SubscriptionWriter implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String LIMIT_MS = Long.toString(LIMIT.toMillis());
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final TopicSpec topic;

    SubscriptionWriter(KafkaProperties kafka, TopicSpec topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                kafka.producer(Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "0",
                        "max.block.ms", LIMIT_MS,
                        "request.timeout.ms", "5000",
                        "delivery.timeout.ms", LIMIT_MS)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Writes the record.
     *
     * @throws IllegalStateException when it was not acknowledged; it may have been written all the same
     */
    void put(Subscription subscription) {
        send(subscription.id(), Wire.write(subscription));
    }

    /**
     * Writes a deletion.
     *
     * @throws IllegalStateException when it was not acknowledged; it may have been written all the same
     */
    void remove(EndpointId id) {
        send(id, null);
    }

    private void send(EndpointId id, byte @Nullable [] value) {
        byte[] key = id.topicKey().getBytes(UTF_8);
        // Kafka's default for keys, spelled out: a partitioner from the settings would leave ghosts in the topic.
        int partition = Utils.toPositive(Utils.murmur2(key)) % topic.partitions();
        try {
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value))
                    .get(LIMIT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unacknowledged(id, e);
        } catch (TimeoutException e) {
            throw unacknowledged(id, e);
        } catch (ExecutionException e) {
            throw unacknowledged(id, e.getCause() == null ? e : e.getCause());
        }
    }

    private static IllegalStateException unacknowledged(EndpointId id, Throwable cause) {
        return new IllegalStateException(
                "Kafka did not acknowledge the change of " + id.topicKey() + ", which may or may not have happened: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        producer.close(GRACE);
    }
}
