package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
 * A lane's transactional producer, and the only code that touches it. Each call waits for Kafka, so they run on a thread of
 * their own, one after the other, while the lane goes on.
 */
final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int COMMIT_TRIES = 3;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    /** How a transaction ended. */
    enum End {
        /** Everything is written. */
        COMMITTED,
        /** Nothing is written. */
        ABORTED,
        /** Nothing more can be done with this producer, what it did last may or may not be written. */
        IN_DOUBT,
        /** A producer stands, and so what an earlier one had begun is written or is not, for good. */
        SETTLED
    }

    /** @param producers makes a transactional producer with the lane's own transactional id */
    Transactions(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Ends what an earlier producer of the same transactional id has left open. */
    void open() {
        Producer<byte[], byte[]> unused = producer();
    }

    /** The same after a commit whose answer was lost: settled, or still in doubt. */
    End settle() {
        try {
            open();
            return End.SETTLED;
        } catch (RuntimeException e) {
            LOG.warn("commit still in doubt: {}", e.toString());
            return End.IN_DOUBT;
        }
    }

    /** Writes all these results and offsets, or nothing. */
    End write(List<Finished> results, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        Producer<byte[], byte[]> open;
        try {
            open = producer();
        } catch (RuntimeException e) {
            LOG.warn("no transactional producer yet: {}", e.toString());
            return End.ABORTED;
        }
        try {
            open.beginTransaction();
            for (Finished finished : results) {
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
            return End.ABORTED;
        }
        return commit(open);
    }

    private End commit(Producer<byte[], byte[]> open) {
        for (int attempt = 1; ; attempt++) {
            try {
                open.commitTransaction();
                return End.COMMITTED;
            } catch (TimeoutException e) {
                LOG.warn("commit has no answer yet try={} problem={}", attempt, e.getMessage());
                if (attempt == COMMIT_TRIES) {
                    break;
                }
            } catch (RuntimeException e) {
                // Only an abort that succeeds proves that it was not committed.
                if (aborted(open, e)) {
                    return End.ABORTED;
                }
                break;
            }
        }
        dropProducer();
        return End.IN_DOUBT;
    }

    private static boolean aborted(Producer<byte[], byte[]> open, RuntimeException cause) {
        LOG.warn("transaction failed, its results are kept: {}", cause.toString());
        try {
            open.abortTransaction();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("producer lost, a new one follows: {}", e.toString());
            return false;
        }
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
        close(Duration.ZERO);
    }

    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    private void close(Duration limit) {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(limit);
        }
    }
}
