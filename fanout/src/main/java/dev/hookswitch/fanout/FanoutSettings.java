package dev.hookswitch.fanout;

import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.RetryTiers;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that the fan-out reads.
 *
 * @param maxEventBytes the largest event that is taken
 * @param repeatWindow how long the ids of events are remembered; empty for not at all
 * @param repeatMemoryBytes of memory outside the heap for that
 * @param threads Streams threads
 * @param commitInterval how often Streams commits
 */
record FanoutSettings(
        TopicLayout topics,
        Profiles profiles,
        int maxEventBytes,
        SchemaCheck schemaCheck,
        Optional<RepeatWindow> repeatWindow,
        long repeatMemoryBytes,
        String stateFolder,
        int threads,
        Duration commitInterval) {
    private static final int LARGEST_EVENT_BYTES = 1_048_576;
    /** More than Kafka's own framing of a batch with one record. */
    private static final int BATCH_OVERHEAD_BYTES = 1_024;

    /**
     * Reads and checks them.
     *
     * @throws SettingsException naming every problem
     */
    static FanoutSettings of(Settings settings) {
        SettingsReader reader = settings.reader();
        FanoutSettings read = new FanoutSettings(
                TopicLayout.of(settings),
                Profiles.of(reader),
                reader.integer("events.max-bytes", 1, LARGEST_EVENT_BYTES),
                SchemaCheck.of(reader),
                repeatWindow(reader),
                reader.whole("fanout.repeat-memory-bytes", 1 << 20, 1L << 40),
                reader.text("fanout.state-folder"),
                reader.integer("fanout.threads", 1, 64),
                reader.duration("streams.commit-interval", Duration.ofMillis(1), Duration.ofMinutes(1)));
        reader.done();
        RetryTiers.check(read.profiles().all(), read.topics().tiers());
        return read;
    }

    private static Optional<RepeatWindow> repeatWindow(SettingsReader reader) {
        String key = "events.repeat-window";
        Duration window = reader.duration(key, Duration.ZERO, RepeatWindow.LONGEST);
        if (!window.isZero() && window.compareTo(RepeatWindow.SHORTEST) < 0) {
            reader.problem(
                    key,
                    "must be 0s, or " + HumanDuration.format(RepeatWindow.SHORTEST) + " at the least, was: "
                            + HumanDuration.format(window));
        }
        return window.isZero() ? Optional.empty() : Optional.of(new RepeatWindow(window));
    }

    /** The topics that the fan-out reads and writes. */
    List<TopicSpec> topicSpecs() {
        Set<String> mine = Set.of(
                topics.events(),
                topics.eventsMoved(),
                topics.subscriptions(),
                topics.endpointStatus(),
                topics.deliveries(),
                topics.deliveryOutcomes(),
                topics.deadLetters());
        return topics.specs().stream()
                .filter(spec -> mine.contains(spec.name()))
                .toList();
    }

    /** The largest message that these topics take, as declared. */
    int maxMessageBytes() {
        return topicSpecs().stream()
                .mapToInt(spec -> Integer.parseInt(spec.config().getOrDefault("max.message.bytes", "1048588")))
                .min()
                .orElseThrow();
    }

    /** The largest record that fits into such a message. */
    int maxRecordBytes() {
        return maxMessageBytes() - BATCH_OVERHEAD_BYTES;
    }
}
