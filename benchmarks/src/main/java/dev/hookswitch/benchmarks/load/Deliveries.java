package dev.hookswitch.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.HashMap;
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
    private static final String EVENT = "evt_";

    private final TopicLayout topics;
    private final Targets targets;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** For as many as possible at a time. */
    public Deliveries(String bootstrapServers, TopicLayout topics, Targets targets) {
        // A machine that stands still for some minutes must not cost the run.
        this(
                bootstrapServers,
                topics,
                targets,
                Map.of("linger.ms", "5", "batch.size", "131072", "delivery.timeout.ms", "1800000"));
    }

    /** @param own properties of the producer beside the brokers' addresses and much memory */
    public Deliveries(String bootstrapServers, TopicLayout topics, Targets targets, Map<String, String> own) {
        this.topics = topics;
        this.targets = targets;
        Map<String, Object> properties = new HashMap<>(own);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("buffer.memory", "67108864");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
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
                    null,
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

    /**
     * Writes deliveries, each to the next endpoint in turn; an endpoint keeps its partition, partitions get equal shares.
     *
     * @param from number of the first
     */
    public void fill(long from, long count, Bodies bodies) {
        Instant now = Instant.now();
        for (long number = from; number < from + count; number++) {
            put(number, (int) (number % targets.count()), now, bodies.get(number));
        }
        flush();
    }

    /**
     * Writes one delivery; a failure shows at the next {@link #flush}.
     *
     * @param number of the event, whose id it is part of: see {@link #number}
     * @param body not to be changed any more
     */
    public void put(long number, int endpoint, Instant occurredAt, byte[] body) {
        EndpointId id = targets.id(endpoint);
        String eventId = EVENT + number;
        Delivery delivery = new Delivery(
                DeliveryId.of(id, eventId, occurredAt),
                id,
                eventId,
                "call.completed",
                SignedHeaders.PROFILE,
                occurredAt.toEpochMilli(),
                endpoint % topics.partitions(),
                number,
                ACTIVATION,
                1,
                0,
                null,
                null,
                false,
                null);
        send(new ProducerRecord<>(
                topics.deliveries(),
                endpoint % topics.partitions(),
                key(id.webhookId()),
                body,
                DeliveryHeaders.write(delivery)));
    }

    /** The number of the event with this id. */
    public static long number(String eventId) {
        return Long.parseLong(eventId.substring(EVENT.length()));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (at, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /**
     * Waits until everything is written.
     *
     * @throws IllegalStateException when something was not
     */
    public void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("topics could not be filled", problem);
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
