package dev.hookswitch.fanout;

import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.matching.IndexTable;
import dev.hookswitch.common.matching.SubscriptionIndex;
import dev.hookswitch.common.matching.SubscriptionMatcher;
import dev.hookswitch.common.topics.TopicLayout;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: two compacted topics feed the index, and each event is looked up in it. Events that are not in their
 * tenant's partition go round through a topic and come in again.
 */
final class FanoutTopology {
    static final String DELIVERIES = "deliveries";
    static final String OUTCOMES = "delivery-outcomes";
    static final String DEAD_LETTERS = "dead-letters";
    static final String MOVED = "to-events-moved";

    private static final String EVENTS = "events";
    private static final String EVENTS_MOVED = "events-moved";
    private static final String FANOUT = "fanout";

    private FanoutTopology() {}

    /** Builds it around an index, which it fills. */
    static Topology build(
            FanoutSettings settings, SubscriptionIndex index, OversizedEvents oversized, FanoutMetrics metrics) {
        TopicLayout topics = settings.topics();
        KeyPartitioner aligned = new KeyPartitioner(topics.partitions());
        KeyPartitioner homes = new KeyPartitioner(topics.eventsPartitions());
        FanoutProcessor.Parts parts = parts(settings, index, oversized, metrics, homes);

        Topology topology = new Topology();
        addTable(
                topology,
                topics.subscriptions(),
                () -> new TableProcessor(IndexTable.subscriptions(index, settings.profiles()), metrics));
        addTable(
                topology, topics.endpointStatus(), () -> new TableProcessor(IndexTable.endpointStatus(index), metrics));
        addSource(topology, EVENTS, topics.events(), FanoutTopology::timestampMs);
        addSource(topology, EVENTS_MOVED, topics.eventsMoved(), MovedEvents::timestampMs);
        topology.addProcessor(FANOUT, () -> new FanoutProcessor(parts), EVENTS, EVENTS_MOVED);
        settings.repeatWindow().ifPresent(window -> topology.addStateStore(window.store(), FANOUT));
        addSink(topology, DELIVERIES, topics.deliveries(), aligned);
        addSink(topology, OUTCOMES, topics.deliveryOutcomes(), aligned);
        addSink(topology, MOVED, topics.eventsMoved(), homes);
        topology.addSink(
                DEAD_LETTERS, topics.deadLetters(), new ByteArraySerializer(), new ByteArraySerializer(), FANOUT);
        return topology;
    }

    private static FanoutProcessor.Parts parts(
            FanoutSettings settings,
            SubscriptionIndex index,
            OversizedEvents oversized,
            FanoutMetrics metrics,
            KeyPartitioner homes) {
        return new FanoutProcessor.Parts(
                settings.topics().events(),
                new EventParser(settings.maxEventBytes()),
                new FanoutPlanner(
                        index, new SubscriptionMatcher(settings.profiles().all(), settings.schemaCheck())),
                new Repeats.Policy(
                        settings.repeatWindow(),
                        homes,
                        settings.topics().retention().toMillis()),
                new DeadLetters(settings.maxRecordBytes()),
                oversized,
                metrics);
    }

    private static void addSource(Topology topology, String name, String topic, TimestampExtractor timestamps) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                timestamps,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic);
    }

    /** Clients in other languages may write -1 for no timestamp, which by default ends a Streams thread. */
    static long timestampMs(ConsumerRecord<Object, Object> event, long partitionTimeMs) {
        return Math.max(0, event.timestamp());
    }

    /**
     * A global store that stays empty: it is there because Kafka Streams keeps a topic's processor fed, at restore and
     * after, only for the sake of a store. In memory, so that each start reads the topic from its beginning.
     */
    private static void addTable(
            Topology topology, String topic, ProcessorSupplier<byte[], byte[], Void, Void> processor) {
        StoreBuilder<?> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(topic), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled();
        topology.addGlobalStore(
                store,
                topic + "-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                topic + "-index",
                processor);
    }

    private static void addSink(Topology topology, String name, String topic, KeyPartitioner partitioner) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner, FANOUT);
    }
}
