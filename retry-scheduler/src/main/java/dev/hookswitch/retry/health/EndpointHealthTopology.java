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
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code delivery-attempts} into {@code endpoint-status} and {@code endpoint-events}, with a store of every endpoint's
 * health between. All attempts of one webhook are in one partition, so nothing is repartitioned. What other endpoints of the
 * tenant are to be told of goes to {@code events}, too.
 */
final class EndpointHealthTopology {
    /** With the application id in front it names the changelog topic. */
    static final String STORE = "states";

    /** Children of the processor. */
    static final String STATUS = "status";

    static final String EVENTS = "endpoint-events";

    static final String TOLD = "events";

    private EndpointHealthTopology() {}

    static Topology build(TopicLayout topics, DisableRules rules, HealthMeters meters) {
        KnownEndpoints known = new KnownEndpoints();
        Topology topology = new Topology();
        addSubscriptions(topology, topics.subscriptions(), () -> new SubscriptionReader(known, meters));
        topology.addSource(
                "attempts", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.deliveryAttempts());
        topology.addProcessor("health", () -> new EndpointHealthProcessor(STORE, rules, known, meters), "attempts");
        topology.addStateStore(store(), "health");
        addSink(topology, STATUS, topics.endpointStatus());
        addSink(topology, EVENTS, topics.endpointEvents());
        addSink(topology, TOLD, topics.events());
        return topology;
    }

    /**
     * A global store that stays empty: it is there because Kafka Streams keeps a topic's processor fed, at restore and
     * after, only for the sake of a store. In memory, so that each start reads the topic from its beginning.
     */
    private static void addSubscriptions(
            Topology topology, String topic, ProcessorSupplier<byte[], byte[], Void, Void> reader) {
        StoreBuilder<?> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("subscriptions"), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled();
        topology.addGlobalStore(
                store,
                "subscriptions-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                "subscriptions-reader",
                reader);
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), byKey(), "health");
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
