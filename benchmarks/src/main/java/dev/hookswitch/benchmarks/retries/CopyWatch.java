package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.process.VitalThread;
import dev.hookswitch.common.topics.TopicLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in {@code deliveries-due} as it comes, and writes it down. */
final class CopyWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final TopicLayout topics;
    private final AtomicLongArray parkedMs;
    private final Path log;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = VitalThread.of("copies", this::run);
    private volatile long copies;
    private volatile boolean closed;

    /**
     * Opens it and begins.
     *
     * @param parkedMs has the timestamp of each retry by its number
     * @param log is made here
     */
    CopyWatch(Map<String, Object> kafka, TopicLayout topics, AtomicLongArray parkedMs, Path log) {
        this.topics = topics;
        this.parkedMs = parkedMs;
        this.log = log;
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", 5_000);
        // What it waits for empty partitions is waited for by the others.
        properties.put("fetch.max.wait.ms", 10);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread.start();
    }

    private void run() {
        List<TopicPartition> partitions = IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new TopicPartition(topics.deliveriesDue(), partition))
                .toList();
        try (consumer;
                CopyLog out = CopyLog.create(log)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long counted = 0;
            while (!closed) {
                var polled = consumer.poll(POLL);
                long readMs = System.currentTimeMillis();
                for (ConsumerRecord<byte[], byte[]> each : polled) {
                    out.add(copy(each, readMs));
                }
                counted += polled.count();
                copies = counted;
                // Without this the broker would be asked for every transaction by itself.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CopyLog.Copy copy(ConsumerRecord<byte[], byte[]> each, long readMs) {
        Stamp stamp = Stamp.of(each.value());
        return new CopyLog.Copy(
                stamp.number(),
                stamp.endpoint(),
                each.partition(),
                parkedMs.get((int) stamp.number()),
                each.timestamp(),
                readMs);
    }

    /** How many were read, repeats included. */
    long copies() {
        return copies;
    }

    /** Ends it; the log is whole then. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
