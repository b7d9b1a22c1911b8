package dev.hookswitch.retry.tier;

import dev.hookswitch.common.kafka.DeliveryProducers;
import dev.hookswitch.common.kafka.KafkaProperties;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of tiers. */
final class TierClients {
    private static final Map<String, String> CONSUMER = Map.ofEntries(
            // The other consumer of 4.3.1 spins while a paused partition has fetched data (KAFKA-21084): measured, a
            // waiting tier takes 0.8 of a core with it and 0.01 with this one.
            Map.entry("group.protocol", "classic"),
            Map.entry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
            // How long the partitions of a killed process wait for another.
            Map.entry("session.timeout.ms", "10000"),
            Map.entry("isolation.level", "read_committed"),
            Map.entry("enable.auto.commit", "false"),
            Map.entry("auto.offset.reset", "earliest"),
            Map.entry("allow.auto.create.topics", "false"),
            // A resumed partition waits for the fetch that is under way: keep that short.
            Map.entry("fetch.min.bytes", "1"),
            Map.entry("fetch.max.wait.ms", "25"),
            // Memory is these times the partitions, whatever is parked.
            Map.entry("max.poll.records", "500"),
            Map.entry("max.partition.fetch.bytes", "262144"));

    // A transaction that begins while the markers of the one before are being written is told to try again. With the
    // default
    // of 100 ms such a copy took 105 to 120 ms, with this one about 10.
    private static final String RETRY_BACKOFF_MS = "5";

    private final KafkaProperties kafka;

    TierClients(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    Consumer<byte[], byte[]> consumer(TierPlan plan) {
        Map<String, String> properties = new HashMap<>(CONSUMER);
        properties.put("group.id", plan.groupId());
        return new KafkaConsumer<>(
                kafka.consumer(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer(TierPlan plan) {
        return new KafkaProducer<>(
                kafka.producer(DeliveryProducers.with(
                        Map.of("transactional.id", plan.transactionalId(), "retry.backoff.ms", RETRY_BACKOFF_MS))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
