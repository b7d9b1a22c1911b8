package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane has read and not begun with: two short queues, of fresh deliveries and of due ones, so that neither waits
 * behind the other. Reads by large polls, since each poll costs about as much as twenty records. Used by the lane's thread
 * alone.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Time between two polls while there still is something to begin with. Each wakes another thread of the consumer. */
    private static final long POLL_PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    /** The same while only due ones are left: they come in bursts, behind which fresh ones are not to wait. */
    private static final long FRESH_POLL_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** Kafka is asked this often even when nothing more is wanted: it tells of rebalances there. */
    private static final long POLL_AT_LEAST_NANOS = Duration.ofMillis(20).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Partitions partitions;
    private final String dueTopic;
    private final int pollRecords;
    private final int maxAhead;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final Queue<Arrival> fresh = new ArrayDeque<>();
    private final Queue<Arrival> due = new ArrayDeque<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private long heldBytes;
    private long lastPollNanos;
    private boolean dueIsNext;

    /** A record that was read, with its place in the tracker. */
    record Arrival(TopicPartition partition, OffsetTracker.Entry entry, ConsumerRecord<byte[], byte[]> record) {
        int bytes() {
            return Math.max(0, record.serializedValueSize());
        }
    }

    /**
     * An empty intake.
     *
     * @param dueTopic the topic whose records are due ones
     * @param pollRecords what a poll brings at the most; each queue is filled up to twice as many
     * @param maxBytes of bodies that may wait here before reading stops
     * @param maxAhead records read ahead of the oldest unfinished one of a partition
     */
    Intake(
            Consumer<byte[], byte[]> consumer,
            Partitions partitions,
            String dueTopic,
            int pollRecords,
            long maxBytes,
            int maxAhead,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.dueTopic = dueTopic;
        this.pollRecords = pollRecords;
        this.maxBytes = maxBytes;
        this.maxAhead = maxAhead;
        this.nanoTime = nanoTime;
        this.lastPollNanos = nanoTime.getAsLong() - POLL_AT_LEAST_NANOS;
    }

    boolean isEmpty() {
        return fresh.isEmpty() && due.isEmpty();
    }

    /** How long ago the oldest that has not begun was written to its topic; zero when there is none. */
    Duration waitedFor(InstantSource clock) {
        return isEmpty() ? Duration.ZERO : Duration.ofMillis(Math.max(0, clock.millis() - oldestWrittenMs()));
    }

    private long oldestWrittenMs() {
        return Stream.of(fresh, due)
                .map(Queue::peek)
                .filter(Objects::nonNull)
                .mapToLong(head -> head.record().timestamp())
                .min()
                .orElseThrow();
    }

    /** Whether it is time to ask Kafka, by {@link #poll}. */
    boolean wantsPoll() {
        if (isEmpty()) {
            return true;
        }
        long since = nanoTime.getAsLong() - lastPollNanos;
        if (fresh.isEmpty()) {
            return since > FRESH_POLL_PAUSE_NANOS;
        }
        boolean enough = isEnough(fresh) || isEnough(due);
        return since > (enough ? POLL_AT_LEAST_NANOS : POLL_PAUSE_NANOS);
    }

    private boolean isEnough(Queue<Arrival> queue) {
        return queue.size() >= pollRecords || heldBytes >= maxBytes;
    }

    /** Reads what there is, waiting so long for the first. Calls back about rebalances. */
    void poll(Duration wait) {
        pauseFull();
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(wait);
        lastPollNanos = nanoTime.getAsLong();
        for (TopicPartition partition : polled.partitions()) {
            Queue<Arrival> queue = isDue(partition) ? due : fresh;
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                register(queue, partition, record);
            }
        }
        polled.nextOffsets().forEach((partition, at) -> {
            OffsetTracker tracker = partitions.tracker(partition);
            if (tracker != null) {
                tracker.skipTo(at.offset());
            }
        });
    }

    private void register(Queue<Arrival> queue, TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        OffsetTracker tracker = partitions.tracker(partition);
        if (tracker == null) {
            return;
        }
        if (record.offset() < tracker.next()) {
            LOG.error("{} goes back from {} to {}: its log was cut", partition, tracker.next(), record.offset());
            tracker = partitions.restart(partition, record.offset());
        }
        if (tracker.wasDone(record.offset())) {
            tracker.skipTo(record.offset() + 1);
            return;
        }
        Arrival arrival = new Arrival(partition, tracker.register(record.offset(), lastPollNanos), record);
        queue.add(arrival);
        heldBytes += arrival.bytes();
    }

    boolean isDue(TopicPartition partition) {
        return partition.topic().equals(dueTopic);
    }

    /** The next one to begin with, from the two queues by turns as far as there is room for their kind. */
    @Nullable Arrival next(boolean roomForFresh, boolean roomForDue) {
        boolean freshCan = roomForFresh && !fresh.isEmpty();
        boolean dueCan = roomForDue && !due.isEmpty();
        boolean takeDue = dueCan && (dueIsNext || !freshCan);
        Arrival next = takeDue ? due.poll() : freshCan ? fresh.poll() : null;
        if (next != null) {
            dueIsNext = !takeDue;
            heldBytes -= next.bytes();
        }
        return next;
    }

    /** Forgets partitions that were given back, with what was read of them. */
    void drop(Collection<TopicPartition> gone) {
        paused.removeAll(gone);
        dropIf(arrival -> gone.contains(arrival.partition()));
    }

    /** Forgets everything that was read. */
    void clear() {
        dropIf(arrival -> true);
    }

    private void dropIf(Predicate<Arrival> gone) {
        fresh.removeIf(gone);
        due.removeIf(gone);
        heldBytes = fresh.stream().mapToLong(Arrival::bytes).sum()
                + due.stream().mapToLong(Arrival::bytes).sum();
    }

    /** Pauses exactly the partitions of which there is enough here; what they have fetched is kept. */
    private void pauseFull() {
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        partitions.forEach((partition, tracker) -> {
            if (isEnough(isDue(partition) ? due : fresh) || tracker.ahead() > maxAhead) {
                if (paused.add(partition)) {
                    pause.add(partition);
                }
            } else if (paused.remove(partition)) {
                resume.add(partition);
            }
        });
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }
}
