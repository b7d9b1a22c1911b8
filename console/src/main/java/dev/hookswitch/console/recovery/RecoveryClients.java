package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.DeliveryProducers;
import dev.hookswitch.common.kafka.KafkaProperties;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of retries and recoveries. */
class RecoveryClients {
    private static final Map<String, String> CONSUMER = Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "allow.auto.create.topics", "false",
            "fetch.min.bytes", "1",
            "fetch.max.wait.ms", "100");

    private final KafkaProperties kafka;

    RecoveryClients(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** Reads on and on. */
    Consumer<byte[], byte[]> reader() {
        return consumer(CONSUMER);
    }

    /** Sees what is not committed, too. */
    Consumer<byte[], byte[]> readerOfAll() {
        return consumer(with(CONSUMER, Map.of("isolation.level", "read_uncommitted")));
    }

    /** Reads here and there: little at a time, since most of it may not be wanted. */
    Consumer<byte[], byte[]> picker() {
        return consumer(with(CONSUMER, Map.of("max.partition.fetch.bytes", "65536")));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, String> properties) {
        return new KafkaConsumer<>(
                kafka.consumer(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer() {
        return producer(Map.of());
    }

    /** The next one with this id ends what this one left open. */
    Producer<byte[], byte[]> transactional(String id) {
        return producer(Map.of("transactional.id", id));
    }

    private Producer<byte[], byte[]> producer(Map<String, String> own) {
        return new KafkaProducer<>(
                kafka.producer(DeliveryProducers.with(own)), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, String> with(Map<String, String> properties, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return all;
    }
}
