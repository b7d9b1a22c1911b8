package dev.hookswitch.benchmarks.load;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Fills topics as console and fan-out would. */
public final class Deliveries implements AutoCloseable {
    private static final long ACTIVATION = 1;

    private final TopicLayout topics;
    private final Targets targets;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public Deliveries(String bootstrapServers, TopicLayout topics, Targets targets) {
        this.topics = topics;
        this.targets = targets;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "linger.ms", "5",
                        "batch.size", "131072",
                        "buffer.memory", "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Subscribes every endpoint, its secret sealed. */
    public void subscribe(SecretSealer sealer, Secret secret) {
        long now = System.currentTimeMillis();
        for (int i = 0; i < targets.count(); i++) {
            EndpointId id = targets.id(i);
            Subscription subscription = new Subscription(
                    id.tenant(),
                    id.webhookId(),
                    SignedHeaders.PROFILE,
                    "",
                    targets.url(i),
                    Set.of(Subscription.EVERY_EVENT),
                    true,
                    ACTIVATION,
                    1,
                    List.of(sealer.seal(id, 1, secret)),
                    now,
                    now);
            send(new ProducerRecord<>(topics.subscriptions(), key(id.topicKey()), Wire.write(subscription)));
        }
        flush();
    }

    /** Writes deliveries, each to the next endpoint in turn; an endpoint keeps its partition, partitions get equal shares. */
    public void fill(long count, Bodies bodies) {
        Instant now = Instant.now();
        for (long number = 0; number < count; number++) {
            int endpoint = (int) (number % targets.count());
            EndpointId id = targets.id(endpoint);
            String eventId = "evt_" + number;
            Delivery delivery = new Delivery(
                    DeliveryId.of(id, eventId, now),
                    id,
                    eventId,
                    "call.completed",
                    SignedHeaders.PROFILE,
                    now.toEpochMilli(),
                    endpoint % topics.partitions(),
                    number,
                    ACTIVATION,
                    1,
                    0,
                    null,
                    false);
            send(new ProducerRecord<>(
                    topics.deliveries(),
                    endpoint % topics.partitions(),
                    key(id.webhookId()),
                    bodies.get(number),
                    DeliveryHeaders.write(delivery)));
        }
        flush();
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (at, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("topics could not be filled", problem);
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
