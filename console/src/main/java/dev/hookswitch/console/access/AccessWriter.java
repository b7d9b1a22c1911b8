package dev.hookswitch.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Duration;
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
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The right to change tenants and keys, of which there is one in a deployment: who takes it ends what the last one left open
 * and shuts it out. For one change.
 */
final class AccessWriter implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final TopicLayout topics;

    private AccessWriter(Producer<byte[], byte[]> producer, TopicLayout topics) {
        this.producer = producer;
        this.topics = topics;
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
    static AccessWriter take(KafkaProperties kafka, TopicLayout topics) throws ShutOut {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.producer(Map.of(
                        "transactional.id", topics.accessWriter(),
                        // Readers wait for what a killed writer left open at most as long, or until the next one comes.
                        "transaction.timeout.ms", "10000",
                        "acks", "all",
                        "linger.ms", "0",
                        "delivery.timeout.ms", "9000",
                        "request.timeout.ms", "5000",
                        "max.block.ms", "10000")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new AccessWriter(producer, topics);
        } catch (RuntimeException e) {
            producer.close(CLOSE_TIMEOUT);
            if (isShutOut(e)) {
                throw new ShutOut(e);
            }
            throw e;
        }
    }

    /**
     * Writes the row and its audit, both or neither.
     *
     * @return empty when both are written; a change in doubt when another has taken the right since
     * @throws KafkaException when it failed; only Kafka knows whether it was written
     */
    <R> Optional<InDoubt<R>> write(String topic, Change<R> change, AuditRow audit) throws ShutOut {
        Optional<Future<RecordMetadata>> audited = Optional.empty();
        try {
            producer.beginTransaction();
            // A failure shows at the commit.
            var unused = send(topics.spec(topic), change.key(), change.row());
            audited = Optional.of(send(topics.spec(topics.audit()), audit.tenant(), audit));
            producer.commitTransaction();
            return Optional.empty();
        } catch (KafkaException e) {
            if (!isShutOut(e)) {
                abort(e);
                throw e;
            }
            return Optional.of(inDoubt(change, audited).orElseThrow(() -> new ShutOut(e)));
        }
    }

    /** What Kafka did not acknowledge was not committed: the client commits after the last acknowledgement. */
    private static <R> Optional<InDoubt<R>> inDoubt(Change<R> change, Optional<Future<RecordMetadata>> audited) {
        if (audited.isEmpty() || !audited.get().isDone()) {
            return Optional.empty();
        }
        try {
            RecordMetadata written = audited.get().get();
            return Optional.of(
                    new InDoubt<>(change, new TopicPartition(written.topic(), written.partition()), written.offset()));
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The client names the same thing differently, by the request that was told so. */
    private static boolean isShutOut(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    private Future<RecordMetadata> send(TopicSpec topic, String key, Object row) {
        byte[] bytes = key.getBytes(UTF_8);
        // Kafka's default for keys, spelled out: a partitioner from the settings would leave ghosts in the topic.
        int partition = Utils.toPositive(Utils.murmur2(bytes)) % topic.partitions();
        return producer.send(new ProducerRecord<>(topic.name(), partition, bytes, Wire.write(row)));
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
