package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.topics.TopicLayout;
import org.apache.kafka.common.utils.Utils;

/** Kafka's default for keys, spelled out: a partitioner from the settings would put records where nobody looks. */
public final class Partitions {
    private Partitions() {}

    /** Where the records of an endpoint are, in {@code deliveries} and all that is aligned with it. */
    public static int of(String webhookId, TopicLayout topics) {
        return of(webhookId, topics.partitions());
    }

    /** Where the records with a key are. */
    static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }
}
