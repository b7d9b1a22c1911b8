package dev.hookswitch.retry.health;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
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
    /** Leaves the group, which Streams does not do of itself: others, or the next process, take over at once. */
    private static final CloseOptions LEAVE = CloseOptions.timeout(Duration.ofSeconds(10))
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);

    private final HealthMeters meters;
    private final Topology topology;
    private final Properties properties;
    private volatile @Nullable KafkaStreams streams;

    /**
     * Builds and does not start.
     *
     * @param settings what applies to endpoint health
     * @param topics names of the topics
     * @param kafka client properties
     * @param registry where the meters go
     */
    public EndpointHealthStreams(
            HealthSettings settings, TopicLayout topics, KafkaProperties kafka, MeterRegistry registry) {
        meters = new HealthMeters(registry);
        topology = EndpointHealthTopology.build(
                topics, DisableRules.of(settings.profiles(), settings.minFailingTime()), meters);
        properties = new Properties();
        // How long the partitions of a killed process wait for another.
        properties.put("session.timeout.ms", "10000");
        // Silences a warning; the processor of the table throws nothing.
        properties.put("processing.exception.handler.global.enabled", "true");
        properties.putAll(kafka.streams(Map.of(
                "application.id", topics.prefix() + "endpoint-health",
                "processing.guarantee", "exactly_once_v2",
                "group.protocol", "classic",
                "state.dir", settings.stateFolder(),
                "num.stream.threads", Integer.toString(settings.threads()),
                "commit.interval.ms", Long.toString(settings.commitInterval().toMillis()),
                "replication.factor", settings.replicationFactor(),
                "topic.min.insync.replicas", settings.minInsyncReplicas())));
    }

    /** Starts and returns; {@link #health} tells when it has caught up. */
    public void start() {
        KafkaStreams started = new KafkaStreams(topology, properties);
        started.setUncaughtExceptionHandler(failure -> {
            // Replaced whatever it was: it goes on by itself when a full disk or a lost broker is mended.
            LOG.error("a thread of endpoint health failed and is replaced", failure);
            meters.threadFailed();
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
        if (running != null && !running.close(LEAVE)) {
            LOG.warn("endpoint health did not stop in time");
        }
    }
}
