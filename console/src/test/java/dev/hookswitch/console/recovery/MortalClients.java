package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.KafkaProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients of a process that dies in the commit of one of its next three transactions, before or after Kafka has it. */
final class MortalClients extends RecoveryClients {
    private final KafkaProperties kafka;
    private final boolean committedLast;
    private final int after;
    private int left = Integer.MAX_VALUE;

    MortalClients(KafkaProperties kafka, Random random) {
        super(kafka);
        this.kafka = kafka;
        this.after = 1 + random.nextInt(3);
        this.committedLast = random.nextBoolean();
    }

    /** Begins to count transactions. */
    void arm() {
        left = after;
    }

    @Override
    Producer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(
                kafka.producer(Map.of("transactional.id", id, "transaction.timeout.ms", "10000")),
                new ByteArraySerializer(),
                new ByteArraySerializer()) {
            @Override
            public void commitTransaction() {
                left--;
                if (left > 0 || committedLast) {
                    super.commitTransaction();
                } else {
                    // What the batch holds has reached the log.
                    flush();
                }
                if (left == 0) {
                    throw new Killed();
                }
            }

            /** A dead process says no goodbye: its transaction stays open. */
            @Override
            public void close(Duration timeout) {
                super.close(Duration.ZERO);
            }
        };
    }
}
