package dev.hookswitch.console;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.testkit.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/**
 * A deployment on the shared broker, alone under its prefix.
 *
 * @param kafka the broker
 * @param overrides of the default settings
 * @param keyRing file with the keys that seal
 */
public record Deployment(KafkaCluster kafka, Map<String, String> overrides, Path keyRing) {

    /** Settings and a key ring, no topics yet. */
    public static Deployment bare(KafkaCluster kafka, Path folder) {
        Path keyRing = folder.resolve("keys.json");
        Map<String, String> overrides = Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                kafka.uniquePrefix(),
                "topics.partitions",
                "3",
                "topics.events.partitions",
                "2",
                "secrets.key-ring",
                keyRing.toString(),
                // Tests write records of a fixed past, which the broker would delete in the middle of a slow one.
                "topics.retention",
                "3650d");
        try {
            KeyRing.readOrCreate(keyRing, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Deployment(kafka, overrides, keyRing);
    }

    /** With the topics as declared. */
    public static Deployment ready(KafkaCluster kafka, Path folder) {
        Deployment deployment = bare(kafka, folder);
        TopicPlan.of(kafka.admin(), deployment.topics().specs()).apply(kafka.admin());
        return deployment;
    }

    public Settings settings() {
        return Settings.of(overrides);
    }

    public TopicLayout topics() {
        return TopicLayout.of(settings());
    }

    /** What the retry-scheduler would write. */
    public void report(EndpointStatus status) {
        kafka.send(
                topics().endpointStatus(),
                status.id().topicKey().getBytes(StandardCharsets.UTF_8),
                Wire.write(status),
                Map.of());
    }
}
