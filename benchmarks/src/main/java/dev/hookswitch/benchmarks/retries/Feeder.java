package dev.hookswitch.benchmarks.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.pace.PacedThread;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.pace.Timetable;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes retries into the tiers at given rates, in transactions of 50 ms as a dispatcher does. */
final class Feeder implements AutoCloseable {
    private static final long BODY_SEED = 1;
    private static final int ENDPOINTS = 600;
    private static final long TRANSACTION_NANOS = Duration.ofMillis(50).toNanos();

    private final TopicLayout topics;
    private final Bodies bodies;
    private final AtomicLongArray parkedMs;
    private final int[] fed;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PacedThread thread = new PacedThread("feeder");
    private volatile long produced;

    /** @param parkedMs takes the timestamp of each retry by its number, as the broker has set it */
    Feeder(Map<String, Object> kafka, TopicLayout topics, int bodyBytes, AtomicLongArray parkedMs) {
        this.topics = topics;
        this.bodies = new Bodies(bodyBytes, BODY_SEED);
        this.parkedMs = parkedMs;
        this.fed = new int[topics.tiers().size()];
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("transactional.id", topics.prefix() + "feed");
        // A dispatcher writes a commit's retries in full batches.
        properties.put("linger.ms", 1_000);
        properties.put("batch.size", 131_072);
        properties.put("compression.type", "lz4");
        properties.put("retry.backoff.ms", 5);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Begins on a thread of its own; the "endpoints" of the streams are the tiers. Numbers go on from the run before. */
    void start(long originNanos, List<Stream> streams) {
        thread.start(() -> run(originNanos, new Timetable(streams)));
    }

    private void run(long originNanos, Timetable timetable) throws InterruptedException {
        long number = produced;
        long begunNanos = 0;
        boolean open = false;
        for (Timetable.@Nullable Entry next = timetable.next(); next != null; next = timetable.next()) {
            long dueNanos = originNanos + next.dueNanos();
            if (open && Math.max(dueNanos, System.nanoTime()) - begunNanos > TRANSACTION_NANOS) {
                Pause.until(begunNanos + TRANSACTION_NANOS);
                producer.commitTransaction();
                produced = number;
                open = false;
            }
            Pause.until(dueNanos);
            if (!open) {
                producer.beginTransaction();
                begunNanos = System.nanoTime();
                open = true;
            }
            send(number++, next.endpoint(), dueNanos);
        }
        if (open) {
            producer.commitTransaction();
        }
        produced = number;
    }

    /** A failure shows at the commit. */
    private void send(long number, int tierIndex, long dueNanos) {
        Tier tier = topics.tiers().get(tierIndex);
        int endpoint = fed[tierIndex]++ % ENDPOINTS;
        int partition = endpoint % topics.partitions();
        EndpointId id = new EndpointId("bench", String.format(Locale.ROOT, "wh_%05d", endpoint));
        String eventId = "evt_" + number;
        Instant now = Instant.now();
        Delivery retry = new Delivery(
                DeliveryId.of(id, eventId, now),
                id,
                eventId,
                "call.completed",
                "standard",
                now.toEpochMilli(),
                partition,
                number,
                1,
                tierIndex + 2,
                0,
                null,
                new Delivery.Origin(partition, number),
                false,
                null);
        var unused = producer.send(
                new ProducerRecord<>(
                        tier.topic(),
                        partition,
                        id.webhookId().getBytes(UTF_8),
                        new Stamp(number, tierIndex, dueNanos).on(bodies.get(number)),
                        DeliveryHeaders.write(retry)),
                (at, problem) -> {
                    if (problem == null) {
                        parkedMs.set((int) number, at.timestamp());
                    }
                });
    }

    /** How many are committed. */
    long produced() {
        return produced;
    }

    boolean running() {
        return thread.running();
    }

    @Override
    public void close() {
        producer.close();
    }
}
