package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.RecoveryRow.Range;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/** How far the fan-out is done with {@code events}: what lies beyond will get its deliveries from there. */
final class FanoutPositions {
    private static final long LIMIT_SECONDS = 10;
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(200).toNanos();
    /** So many are worth a look whether there are records among them, and not marks of transactions alone. */
    private static final long FEW = 1_000;

    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final Log log;
    private final Duration wait;

    /** @param wait how long the fan-out has for the events that it has moved */
    FanoutPositions(KafkaProperties kafka, TopicLayout topics, Log log, Duration wait) {
        this.kafka = kafka;
        this.topics = topics;
        this.log = log;
        this.wait = wait;
    }

    /**
     * The committed offset of each partition that it has begun. Of all that is before it the deliveries are made: events that
     * it moved to their tenant's partition are waited for.
     *
     * @throws IllegalStateException when Kafka does not answer, or the fan-out does not come to the end of what it moved
     */
    Map<Integer, Long> read() {
        try (Admin admin = Admin.create(kafka.admin())) {
            Map<Integer, Long> positions = committed(admin, topics.events());
            awaitMoved(admin);
            return positions;
        }
    }

    private void awaitMoved(Admin admin) {
        List<Range> moved = log.sinceWithPending(
                topics.eventsMoved(),
                IntStream.range(0, topics.eventsPartitions()).boxed().toList(),
                Instant.EPOCH);
        long deadlineNanos = System.nanoTime() + wait.toNanos();
        while (!isDone(moved, committed(admin, topics.eventsMoved()))) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "the fan-out is not done with events that it moved to their tenant's partition ("
                                + topics.eventsMoved() + "): try again when it runs and has caught up");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean isDone(List<Range> moved, Map<Integer, Long> positions) {
        List<Range> left = moved.stream()
                .map(range -> new Range(
                        range.partition(),
                        Math.max(range.fromOffset(), positions.getOrDefault(range.partition(), 0L)),
                        range.untilOffset()))
                .filter(range -> range.fromOffset() < range.untilOffset())
                .toList();
        long count = left.stream()
                .mapToLong(range -> range.untilOffset() - range.fromOffset())
                .sum();
        return count == 0 || (count <= FEW && !holdsRecords(left));
    }

    private boolean holdsRecords(List<Range> ranges) {
        AtomicBoolean found = new AtomicBoolean();
        log.scan(topics.eventsMoved(), ranges, record -> found.set(true));
        return found.get();
    }

    private Map<Integer, Long> committed(Admin admin, String topic) {
        Map<Integer, Long> positions = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(topics.fanoutGroup())
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, position) -> {
                        // Kafka answers null for a partition without one.
                        if (partition.topic().equals(topic) && position != null) {
                            positions.put(partition.partition(), position.offset());
                        }
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered(e);
        }
        return positions;
    }

    private static IllegalStateException unanswered(Exception cause) {
        return new IllegalStateException("Kafka does not say how far the fan-out is: " + cause.getMessage(), cause);
    }
}
