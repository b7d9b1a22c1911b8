package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes deliveries and how far a recovery has come, both or neither. One process holds it for an endpoint: the next that
 * takes it ends what the last left open and shuts it out.
 */
final class Ledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final TopicSpec topic;
    private final EndpointId endpoint;

    private Ledger(Producer<byte[], byte[]> producer, TopicSpec topic, EndpointId endpoint) {
        this.producer = producer;
        this.topic = topic;
        this.endpoint = endpoint;
    }

    /** Takes the endpoint's. */
    static Ledger take(RecoverySettings settings, RecoveryClients clients, EndpointId endpoint) {
        Producer<byte[], byte[]> producer =
                clients.transactional(settings.topics().prefix() + "recovery-" + endpoint.webhookId());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(CLOSE_TIMEOUT);
            throw e;
        }
        return new Ledger(producer, settings.recoveriesTopic(), endpoint);
    }

    /**
     * Writes all of it, or nothing.
     *
     * @throws RecoveryRefused when another process has taken the endpoint's ledger
     * @throws KafkaException when it failed; only Kafka knows whether it was written
     */
    void write(List<ProducerRecord<byte[], byte[]>> deliveries, RecoveryRow row) {
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> delivery : deliveries) {
                // A failure shows at the commit.
                var unused = producer.send(delivery);
            }
            var unused = producer.send(new ProducerRecord<>(
                    topic.name(),
                    Partitions.of(row.recoveryId(), topic.partitions()),
                    row.recoveryId().getBytes(UTF_8),
                    Wire.write(row)));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            LOG.warn("recovery {} goes on in another process", row.recoveryId());
            throw RecoveryRefused.takenOver(endpoint);
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
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
