package dev.hookswitch.common.topics;

import java.util.Map;

/**
 * A topic as declared.
 *
 * @param name with prefix
 * @param purpose what it holds, for people
 * @param key what its records are keyed by
 * @param partitions how many
 * @param replicationFactor how many replicas
 * @param config topic configuration that matters to us, by Kafka's names
 */
public record TopicSpec(
        String name, String purpose, String key, int partitions, int replicationFactor, Map<String, String> config) {
    public TopicSpec {
        config = Map.copyOf(config);
    }
}
