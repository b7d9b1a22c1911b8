package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.KeyDirectory;
import dev.hookswitch.common.access.RateLimit;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.util.List;

/**
 * The settings that ingest reads.
 *
 * @param events the topic that it writes
 * @param keys the topics that tell who may
 * @param host where it listens
 * @param port where it listens; 0 for any that is free
 * @param requestsPerSecond how many each key may make, unless its tenant has a limit of its own
 * @param maxEventBytes the largest event that is taken
 */
record IngestSettings(
        TopicSpec events, List<TopicSpec> keys, String host, int port, int requestsPerSecond, int maxEventBytes) {
    private static final int LARGEST_EVENT_BYTES = 1_048_576;
    private static final int MOST_PER_SECOND = 1_000_000;

    IngestSettings {
        keys = List.copyOf(keys);
    }

    /**
     * Reads and checks them.
     *
     * @throws SettingsException naming every problem
     */
    static IngestSettings of(Settings settings) {
        TopicLayout topics = TopicLayout.of(settings);
        SettingsReader reader = settings.reader();
        IngestSettings read = new IngestSettings(
                topics.spec(topics.events()),
                KeyDirectory.topics(topics),
                reader.text("ingest.host"),
                reader.integer("ingest.port", 0, 65_535),
                reader.integer("ingest.requests-per-second", 1, MOST_PER_SECOND),
                reader.integer("events.max-bytes", 1, LARGEST_EVENT_BYTES));
        reader.done();
        return read;
    }

    /** How often a caller may come. */
    RateLimit limit(Caller caller) {
        return RateLimit.perSecond(caller.tenant()
                .map(tenant -> tenant.limits().eventRequestsPerSecond())
                .orElse(requestsPerSecond));
    }
}
