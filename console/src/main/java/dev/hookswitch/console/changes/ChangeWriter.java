package dev.hookswitch.console.changes;

import dev.hookswitch.common.kafka.DeliveryProducers;
import dev.hookswitch.common.kafka.KafkaProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The right to make changes, of which there is one in a deployment: who takes it ends what the last one left open and shuts
 * it out. Whose commit succeeds was not shut out before, so nobody else has changed anything since it took the right.
 */
final class ChangeWriter implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;

    private ChangeWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Another writer has taken the right. */
    static final class ShutOut extends Exception {
        private static final long serialVersionUID = 1L;

        ShutOut(RuntimeException cause) {
            super(cause);
        }
    }

    /**
     * Takes the right. What others changed before has an end then.
     *
     * @throws ShutOut when another takes it at the same moment
     */
    static ChangeWriter take(KafkaProperties kafka, String transactionalId) throws ShutOut {
        // A manual retry is a change that puts a delivery. Readers wait for what a killed writer left open at most as
        // long
        // as the transaction's limit, or until the next one comes.
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.producer(DeliveryProducers.with(Map.of("transactional.id", transactionalId, "linger.ms", "0"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new ChangeWriter(producer);
        } catch (RuntimeException e) {
            producer.close(CLOSE_TIMEOUT);
            if (isShutOut(e)) {
                throw new ShutOut(e);
            }
            throw e;
        }
    }

    /**
     * Writes all records or none.
     *
     * @return empty when they are written; a transaction in doubt when another has taken the right since
     * @throws KafkaException when it failed; only Kafka knows whether they were written
     */
    Optional<InDoubt> write(List<ProducerRecord<byte[], byte[]>> records) throws ShutOut {
        Optional<Future<RecordMetadata>> last = Optional.empty();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                // A failure shows at the commit.
                last = Optional.of(producer.send(record));
            }
            producer.commitTransaction();
            return Optional.empty();
        } catch (KafkaException e) {
            if (!isShutOut(e)) {
                abort(e);
                throw e;
            }
            return Optional.of(inDoubt(last).orElseThrow(() -> new ShutOut(e)));
        }
    }

    /** What Kafka did not acknowledge was not committed: the client commits after the last acknowledgement. */
    private static Optional<InDoubt> inDoubt(Optional<Future<RecordMetadata>> last) {
        if (last.isEmpty() || !last.get().isDone()) {
            return Optional.empty();
        }
        try {
            RecordMetadata written = last.get().get();
            return Optional.of(new InDoubt(new TopicPartition(written.topic(), written.partition()), written.offset()));
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * The client names the same thing differently, by the request that was told so: a commit that comes after the other has had
     * the transaction aborted is one of a transaction that is none (KIP-890: the epoch is then one ahead, as after a commit of
     * its own). And a broker has forgotten the id when it was not used for a week.
     */
    private static boolean isShutOut(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ProducerFencedException
                        || cause instanceof InvalidProducerEpochException
                        || cause instanceof InvalidTxnStateException
                        || cause instanceof InvalidPidMappingException);
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
