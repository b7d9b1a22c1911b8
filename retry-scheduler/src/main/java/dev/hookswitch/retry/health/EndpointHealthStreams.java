package dev.hookswitch.retry.health;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology of endpoint health, exactly once. Its state may be lost with its folder: it is restored from Kafka.
 */
public final class EndpointHealthStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealthStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Topology topology;
    private final Properties properties;
    private volatile @Nullable KafkaStreams streams;

    /**
     * Builds and does not start.
     *
     * @param settings of the process
     * @param registry where the meters go
     * @throws dev.hookswitch.common.config.SettingsException naming every wrong setting
     */
    public EndpointHealthStreams(Settings settings, MeterRegistry registry) {
        TopicLayout topics = TopicLayout.of(settings);
        SettingsReader reader = settings.reader();
        Map<String, String> ours = new HashMap<>();
        ours.put("application.id", topics.prefix() + "endpoint-health");
        ours.put("processing.guarantee", "exactly_once_v2");
        ours.put("state.dir", reader.text("retry-scheduler.state-folder"));
        ours.put("num.stream.threads", Integer.toString(reader.integer("retry-scheduler.threads", 1, 256)));
        ours.put("commit.interval.ms", Long.toString(commitInterval(reader).toMillis()));
        ours.put("replication.factor", reader.text("topics.replication-factor"));
        ours.put("topic.min.insync.replicas", reader.text("topics.min-insync-replicas"));
        // How long the partitions of a killed process wait for another.
        ours.put("main.consumer.session.timeout.ms", "10000");
        Profiles profiles = profiles(reader);
        reader.done();
        properties = new Properties();
        properties.putAll(new KafkaProperties(settings).streams(ours));
        topology = EndpointHealthTopology.build(topics, new DisableRules(profiles), new HealthMeters(registry));
    }

    private static Duration commitInterval(SettingsReader reader) {
        return reader.duration("streams.commit-interval", Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    private static Profiles profiles(SettingsReader reader) {
        Optional<String> folder = reader.optionalText("profiles.folder");
        try {
            return folder.isPresent() ? Profiles.withFolder(Path.of(folder.get())) : Profiles.builtIn();
        } catch (IOException e) {
            reader.problem("profiles.folder", "must hold readable profiles: " + e.getMessage());
            return Profiles.builtIn();
        }
    }

    /** Starts and returns; {@link #health} tells when it has caught up. */
    public void start() {
        KafkaStreams started = new KafkaStreams(topology, properties);
        started.setUncaughtExceptionHandler(failure -> {
            LOG.error("a thread of endpoint health failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        started.start();
        streams = started;
    }

    /** Up when every partition that is ours is restored and read. */
    public Health health() {
        KafkaStreams running = streams;
        if (running == null) {
            return Health.starting("endpoint health has not started");
        }
        KafkaStreams.State state = running.state();
        return switch (state) {
            case RUNNING -> Health.UP;
            case CREATED, REBALANCING -> Health.starting("endpoint health is " + state);
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Health.down("endpoint health is " + state);
        };
    }

    @Override
    public void close() {
        KafkaStreams running = streams;
        if (running != null && !running.close(CLOSE_TIMEOUT)) {
            LOG.warn("endpoint health did not stop within {}", CLOSE_TIMEOUT);
        }
    }
}
