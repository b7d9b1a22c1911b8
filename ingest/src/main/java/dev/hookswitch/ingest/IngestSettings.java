package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.KeyDirectory;
import dev.hookswitch.common.access.RateLimit;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.util.List;

/**
 * The settings that ingest reads.
 *
 * @param events the topic that it writes
 * @param subscriptions the topic that tells what a tenant's endpoints can take
 * @param keys the topics that tell who may
 * @param host where it listens
 * @param port where it listens; 0 for any that is free
 * @param maxConnections how many at once
 * @param requestsPerSecond how many each key may make, unless its tenant has a limit of its own
 * @param limits of what waits for Kafka
 * @param bodies how much a request may carry
 * @param profiles those that subscriptions may name
 * @param schemaCheck what a breach of a schema means
 */
record IngestSettings(
        TopicSpec events,
        TopicSpec subscriptions,
        List<TopicSpec> keys,
        String host,
        int port,
        int maxConnections,
        int requestsPerSecond,
        Limits limits,
        BodyLimits bodies,
        Profiles profiles,
        SchemaCheck schemaCheck) {
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
                topics.spec(topics.subscriptions()),
                KeyDirectory.topics(topics),
                reader.text("ingest.host"),
                reader.integer("ingest.port", 0, 65_535),
                reader.integer("ingest.max-connections", 1, 100_000),
                reader.integer("ingest.requests-per-second", 1, MOST_PER_SECOND),
                Limits.of(reader),
                BodyLimits.of(reader),
                Profiles.of(reader),
                SchemaCheck.of(reader));
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
