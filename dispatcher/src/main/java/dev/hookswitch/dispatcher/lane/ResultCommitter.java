package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits results and offsets in one transaction. Results stay in memory until a transaction with them is known to be
 * committed, so an abort costs nothing but time and never a second POST. Used by the lane's thread alone.
 */
final class ResultCommitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultCommitter.class);
    private static final int COMMIT_TRIES = 3;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final List<Finished> pending = new ArrayList<>();
    private long pendingBytes;
    private @Nullable Producer<byte[], byte[]> producer;
    private final List<Finished> doubtful = new ArrayList<>();
    private @Nullable Map<TopicPartition, OffsetAndMetadata> inDoubt;

    /** How a commit ended. */
    enum Result {
        /** Everything is written. */
        COMMITTED,
        /** Nothing is written; the results are kept for the next try. */
        ABORTED,
        /** Nothing more can be done with this producer, what it did last may or may not be written. */
        IN_DOUBT
    }

    /** @param producers makes a transactional producer with the lane's own transactional id */
    ResultCommitter(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Ends what an earlier producer of the same transactional id has left open, so that nobody waits for it. */
    void open() {
        Producer<byte[], byte[]> unused = producer();
    }

    void add(Finished finished) {
        pending.add(finished);
        pendingBytes += finished.bytes();
    }

    int pending() {
        return pending.size() + doubtful.size();
    }

    /** Bytes of what is to be written about them. */
    long pendingBytes() {
        return pendingBytes;
    }

    /** Drops results whose partition was lost: its new owner makes them again. */
    void dropIf(Predicate<OffsetTracker> lost) {
        pending.removeIf(finished -> lost.test(finished.owner()));
        doubtful.removeIf(finished -> lost.test(finished.owner()));
        countBytes();
    }

    /**
     * Writes all pending results and these offsets, or nothing.
     *
     * @param offsets a snapshot taken after the last result was added
     */
    Result commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        if (inDoubt != null) {
            return Result.IN_DOUBT;
        }
        if (group.generationId() <= 0 || group.memberId().isEmpty()) {
            // Without a member the broker would check nothing; the next poll brings one.
            return Result.ABORTED;
        }
        Producer<byte[], byte[]> open;
        try {
            open = producer();
        } catch (RuntimeException e) {
            LOG.warn("no transactional producer yet: {}", e.toString());
            return Result.ABORTED;
        }
        try {
            open.beginTransaction();
            for (Finished finished : pending) {
                for (ProducerRecord<byte[], byte[]> record : finished.records()) {
                    // A failed send fails the commit below.
                    var unused = open.send(record);
                }
            }
            open.sendOffsetsToTransaction(offsets, group);
        } catch (RuntimeException e) {
            if (!aborted(open, e)) {
                // Its commit was never asked for, so it can only end as aborted.
                dropProducer();
            }
            return Result.ABORTED;
        }
        return finish(open, offsets);
    }

    private Result finish(Producer<byte[], byte[]> open, Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (int attempt = 1; ; attempt++) {
            try {
                open.commitTransaction();
                pending.clear();
                countBytes();
                return Result.COMMITTED;
            } catch (TimeoutException e) {
                LOG.warn("commit has no answer yet try={} problem={}", attempt, e.getMessage());
                if (attempt == COMMIT_TRIES) {
                    return doubt(offsets);
                }
            } catch (RuntimeException e) {
                // Only an abort that succeeds proves that it was not committed.
                return aborted(open, e) ? Result.ABORTED : doubt(offsets);
            }
        }
    }

    private boolean aborted(Producer<byte[], byte[]> open, RuntimeException cause) {
        LOG.warn("transaction failed, {} results kept: {}", pending.size(), cause.toString());
        try {
            open.abortTransaction();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("producer lost, a new one follows: {}", e.toString());
            return false;
        }
    }

    private Result doubt(Map<TopicPartition, OffsetAndMetadata> offsets) {
        inDoubt = Map.copyOf(offsets);
        doubtful.addAll(pending);
        pending.clear();
        dropProducer();
        return Result.IN_DOUBT;
    }

    /**
     * Resolves a commit whose answer was lost. A new producer with the same transactional id first ends the old
     * transaction one way or the other; then the committed metadata, which carries the commit's number, tells which.
     *
     * @param committed reads what the group has committed
     * @return whether it is resolved; otherwise to be tried again
     */
    boolean resolve(Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed) {
        Map<TopicPartition, OffsetAndMetadata> attempted = inDoubt;
        if (attempted == null) {
            return true;
        }
        Map<TopicPartition, OffsetAndMetadata> now;
        try {
            Producer<byte[], byte[]> unused = producer();
            now = committed.apply(attempted.keySet());
        } catch (RuntimeException e) {
            LOG.warn("commit still in doubt: {}", e.toString());
            return false;
        }
        boolean written =
                attempted.entrySet().stream().anyMatch(entry -> entry.getValue().equals(now.get(entry.getKey())));
        LOG.info("commit in doubt was {}", written ? "written" : "not written");
        if (!written) {
            pending.addAll(0, doubtful);
        }
        doubtful.clear();
        countBytes();
        inDoubt = null;
        return true;
    }

    private void countBytes() {
        pendingBytes = Stream.concat(pending.stream(), doubtful.stream())
                .mapToLong(Finished::bytes)
                .sum();
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = producers.get();
            try {
                open.initTransactions();
            } catch (RuntimeException e) {
                open.close(Duration.ZERO);
                throw e;
            }
            producer = open;
        }
        return open;
    }

    private void dropProducer() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ofSeconds(5));
        }
    }
}
