package dev.hookswitch.retry.tier;

import dev.hookswitch.common.service.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tier's consumer and transactional producer from their opening to their closing; all on one thread. A transaction
 * begins and ends within one {@link #step}, so that none is open when partitions come or go.
 *
 * <p>Time is this process's clock, see {@link StepProofClock}, and the timestamps are the broker's. A clock ahead of the
 * broker's releases that much too early, one behind it that much too late: keep both synchronised.
 */
final class TierSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierSession.class);

    static final long MAX_POLL_MS = 50;

    /**
     * Time between two copies. What becomes due in it goes in one transaction: each costs the broker as much as dozens of
     * records.
     */
    static final long RELEASE_INTERVAL_MS = 50;

    private static final int MAX_ABORTS_IN_A_ROW = 3;
    private static final Duration COMMITTED_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final TierPlan plan;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final InstantSource clock;
    private final TierPurge purge;
    private final TierMeters meters;
    private final HeldRecords held;
    private boolean rewindFirst;
    private int abortsInARow;
    private long lastCopyMs;

    TierSession(
            TierPlan plan,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            InstantSource clock,
            TierPurge purge,
            TierMeters meters) {
        this.plan = plan;
        this.consumer = consumer;
        this.producer = producer;
        this.clock = clock;
        this.purge = purge;
        this.meters = meters;
        this.held = new HeldRecords(plan.delay());
    }

    /** Settles what an earlier holder of the transactional id left open, and fences it; then joins the group. */
    void open() {
        producer.initTransactions();
        consumer.subscribe(List.of(plan.tierTopic()), new Rebalance());
    }

    /**
     * Waits a moment for records or for the next one to be due, and copies what is due.
     *
     * @return whether a copy was committed
     * @throws KafkaException when this session cannot go on; its owner closes it and opens another
     */
    boolean step() {
        if (rewindFirst) {
            rewind();
        }
        pauseWhatIsHeld();
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(pollMs(clock.millis())));
        for (TopicPartition partition : polled.partitions()) {
            held.hold(partition, polled.records(partition), polled.nextOffsets().get(partition));
        }
        long now = clock.millis();
        boolean copied = pauseMs(now) == 0 && copyDue(now);
        meters.held(held.size());
        purge.runWhenDue();
        return copied;
    }

    private long pollMs(long nowMs) {
        return Math.max(held.untilNextDueMs(nowMs, MAX_POLL_MS), pauseMs(nowMs));
    }

    /** How long it is until the next copy may be made. */
    private long pauseMs(long nowMs) {
        long sinceMs = nowMs - lastCopyMs;
        // Negative when the clock was set back.
        return sinceMs < 0 ? 0 : Math.max(0, RELEASE_INTERVAL_MS - sinceMs);
    }

    private boolean copyDue(long nowMs) {
        HeldRecords.Release due = held.takeDue(nowMs);
        if (due.isEmpty() || !copy(due)) {
            return false;
        }
        lastCopyMs = nowMs;
        return true;
    }

    Health health() {
        if (abortsInARow > 0) {
            return Health.down("copies of due retries are aborted, see the log");
        }
        return isMember(consumer.groupMetadata()) ? Health.UP : Health.starting("joins the group");
    }

    private void pauseWhatIsHeld() {
        Set<TopicPartition> waiting = held.partitions();
        Set<TopicPartition> paused = consumer.paused();
        consumer.resume(without(paused, waiting));
        consumer.pause(without(waiting, paused));
    }

    private boolean copy(HeldRecords.Release due) {
        ConsumerGroupMetadata group = consumer.groupMetadata();
        if (!isMember(group)) {
            // The broker checks nothing for a stranger to the group. The next poll tells what became of us.
            startOver();
            return false;
        }
        try {
            producer.beginTransaction();
            for (ConsumerRecord<byte[], byte[]> each : due.records()) {
                // A failure shows at the commit.
                var unused = producer.send(new ProducerRecord<>(
                        plan.dueTopic(), each.partition(), each.key(), each.value(), each.headers()));
            }
            producer.sendOffsetsToTransaction(due.offsets(), group);
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            return false;
        }
        abortsInARow = 0;
        long now = clock.millis();
        due.records().forEach(each -> meters.copied(now - held.dueMs(each)));
        purge.copied(due.offsets());
        return true;
    }

    /** What can be aborted is tried again; a fenced producer or an unknown outcome cannot, and ends the session. */
    private void abort(KafkaException cause) {
        meters.aborted();
        abortsInARow++;
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            throw cause;
        }
        if (abortsInARow >= MAX_ABORTS_IN_A_ROW) {
            throw cause;
        }
        LOG.warn("tier {} aborted a copy and repeats it: {}", plan.name(), cause.toString());
        startOver();
    }

    private void startOver() {
        held.clear();
        rewindFirst = true;
    }

    /** Back to what the group has committed. This is recovery; waiting never seeks. */
    private void rewind() {
        Set<TopicPartition> assigned = consumer.assignment();
        var committed = consumer.committed(assigned, COMMITTED_TIMEOUT);
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
        rewindFirst = false;
    }

    private static boolean isMember(ConsumerGroupMetadata group) {
        return group.generationId() > 0 && !group.memberId().isEmpty();
    }

    private static Set<TopicPartition> without(Set<TopicPartition> all, Set<TopicPartition> some) {
        Set<TopicPartition> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Override
    public void close() {
        try {
            producer.close(CLOSE_TIMEOUT);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("tier {} takes partitions {}", plan.name(), partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            held.drop(partitions);
            // What could not be copied may be another's to copy now.
            abortsInARow = 0;
        }
    }
}
