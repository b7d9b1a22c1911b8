package dev.hookswitch.retry.health;

import dev.hookswitch.common.topics.TopicLayout;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code delivery-attempts} into {@code endpoint-status}, with a store of every endpoint's health between. All attempts of
 * one webhook are in one partition, so nothing is repartitioned.
 */
final class EndpointHealthTopology {
    /** With the application id in front it names the changelog topic. */
    static final String STORE = "endpoints";

    private EndpointHealthTopology() {}

    static Topology build(TopicLayout topics, DisableRules rules, HealthMeters meters) {
        Topology topology = new Topology();
        topology.addSource(
                "attempts", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.deliveryAttempts());
        topology.addProcessor("health", () -> new EndpointHealthProcessor(STORE, rules, meters), "attempts");
        topology.addStateStore(store(), "health");
        topology.addSink(
                "status",
                topics.endpointStatus(),
                new StringSerializer(),
                new ByteArraySerializer(),
                byKey(),
                "health");
        return topology;
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
    }

    /**
     * The default of Java producers, spelled out: in a compacted topic a key must stay in its partition, whatever
     * partitioner the client properties name.
     */
    private static StreamPartitioner<String, byte[]> byKey() {
        StringSerializer serializer = new StringSerializer();
        return (topic, key, value, partitions) -> {
            byte[] bytes = serializer.serialize(topic, key);
            return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(bytes)) % partitions));
        };
    }
}
