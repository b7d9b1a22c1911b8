package dev.hookswitch.console.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the Kafka clients of the delivery log. */
final class LogClients {
    private static final Map<String, String> SHARED = Map.of(
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false");

    private final LogSettings settings;

    LogClients(LogSettings settings) {
        this.settings = settings;
    }

    /**
     * A member of the group that shares the partitions. It keeps them over a restart (KIP-345), because who has none of the
     * state reads the whole retention.
     */
    Consumer<byte[], byte[]> member() {
        Map<String, Object> ours = new HashMap<>(SHARED);
        ours.put("group.id", settings.group());
        ours.put("group.instance.id", settings.instance());
        Map<String, Object> properties = settings.kafka().consumer(ours);
        properties.putIfAbsent("group.protocol", "consumer");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads what it is told to, without a group. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> ours = new HashMap<>(SHARED);
        ours.put("max.poll.records", "5000");
        return new KafkaConsumer<>(
                settings.kafka().consumer(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        return Admin.create(settings.kafka().admin());
    }
}
