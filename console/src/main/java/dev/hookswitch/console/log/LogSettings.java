package dev.hookswitch.console.log;

import dev.hookswitch.common.config.InstanceName;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an operator sets about the delivery log.
 *
 * @param instance the name that this console keeps over restarts
 * @param folder where its state is; it may be lost
 * @param retention how long a delivery is kept
 * @param maxBytes of files
 * @param memoryBytes outside the heap
 * @param timeScale divides the delays of tiers
 */
record LogSettings(
        TopicLayout topics,
        KafkaProperties kafka,
        String instance,
        Path folder,
        Duration retention,
        long maxBytes,
        long memoryBytes,
        double timeScale,
        PeerSettings peers) {

    /**
     * Reads them.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every problem
     */
    static LogSettings of(Settings settings) {
        SettingsReader reader = settings.reader();
        LogSettings read = new LogSettings(
                TopicLayout.of(settings),
                new KafkaProperties(settings),
                InstanceName.read(reader, "console.instance"),
                Path.of(reader.text("console.state-folder")).resolve("delivery-log"),
                reader.duration("console.log.retention", Duration.ofMinutes(1), Duration.ofDays(3650)),
                reader.whole("console.log.max-bytes", 64L << 20, 1L << 50),
                reader.whole("console.log.memory-bytes", 16L << 20, 1L << 40),
                reader.decimal("retry.time-scale", 1, 1_000_000),
                PeerSettings.read(reader));
        reader.done();
        return read;
    }

    /** The consumer group in which consoles share the partitions. */
    String group() {
        return topics.prefix() + "delivery-log";
    }

    String topic(Source source) {
        return switch (source) {
            case ATTEMPTS -> topics.deliveryAttempts();
            case OUTCOMES -> topics.deliveryOutcomes();
        };
    }

    /** The topics that must be there. */
    List<TopicSpec> topicSpecs() {
        return topics.specs().stream()
                .filter(spec -> spec.name().equals(topic(Source.ATTEMPTS))
                        || spec.name().equals(topic(Source.OUTCOMES)))
                .toList();
    }
}
