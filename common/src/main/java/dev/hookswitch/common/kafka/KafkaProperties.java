package dev.hookswitch.common.kafka;

import dev.hookswitch.common.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Kafka client properties from the pass-through settings, one kind of client at a time. What the caller asks for wins. */
public final class KafkaProperties {
    private static final List<String> KINDS = List.of("producer.", "consumer.", "admin.", "streams.");

    private final Map<String, String> passThrough;

    public KafkaProperties(Settings settings) {
        this.passThrough = settings.kafka();
    }

    public Map<String, Object> producer(Map<String, ?> ours) {
        return merged("producer.", ours);
    }

    public Map<String, Object> consumer(Map<String, ?> ours) {
        return merged("consumer.", ours);
    }

    public Map<String, Object> admin() {
        return merged("admin.", Map.of());
    }

    /** For Streams, which gives properties of its own to its embedded clients. */
    public Map<String, Object> streams(Map<String, ?> ours) {
        return merged("streams.", ours);
    }

    /** Every list of bootstrap servers that some client has. */
    public Set<String> bootstrapServers() {
        return passThrough.entrySet().stream()
                .filter(property -> property.getKey().endsWith("bootstrap.servers"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    private Map<String, Object> merged(String kind, Map<String, ?> ours) {
        Map<String, Object> properties = new HashMap<>();
        passThrough.forEach((key, value) -> {
            if (KINDS.stream().noneMatch(key::startsWith)) {
                properties.put(key, value);
            }
        });
        passThrough.forEach((key, value) -> {
            if (key.startsWith(kind)) {
                properties.put(key.substring(kind.length()), value);
            }
        });
        properties.putAll(ours);
        return properties;
    }
}
