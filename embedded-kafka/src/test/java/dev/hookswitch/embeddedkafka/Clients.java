package dev.hookswitch.embeddedkafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients for the tests of this module, which the testkit builds upon. */
record Clients(String bootstrapServers) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(with(config), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        Map<String, Object> merged = new HashMap<>(Map.of(
                "auto.offset.reset", "earliest", "enable.auto.commit", false, "isolation.level", "read_committed"));
        merged.putAll(config);
        return new KafkaConsumer<>(with(merged), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (int partition = 0; partition < partitions; partition++) {
                admin.listOffsets(Map.of(new TopicPartition(name, partition), OffsetSpec.latest()))
                        .all()
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    void send(String topic, String value) throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** The committed values of a topic with one partition, from the beginning to the present end. */
    List<String> readAll(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<byte[], byte[]> consumer = consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
            while (consumer.position(partition) < end && System.nanoTime() < deadlineNanos) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
            return values;
        }
    }

    private Map<String, Object> with(Map<String, Object> config) {
        Map<String, Object> merged = new HashMap<>(config);
        merged.put("bootstrap.servers", bootstrapServers);
        return merged;
    }
}
