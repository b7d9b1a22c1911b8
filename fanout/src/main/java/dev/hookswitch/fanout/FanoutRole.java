package dev.hookswitch.fanout;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.matching.SubscriptionIndex;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The role that turns events into deliveries. Reads {@code events}, {@code subscriptions} and {@code endpoint-status};
 * writes {@code deliveries}, {@code delivery-outcomes} (skipped) and {@code dead-letters}, exactly once (KIP-447). Reads and
 * writes {@code events-moved}, and keeps in a store what it has taken, to take nothing twice.
 */
public final class FanoutRole implements Service {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    /** How long the partitions of a crashed process rest, at the most, before others take them. */
    private static final String SESSION_TIMEOUT_MS = "10000";
    /** How many records of a partition wait in memory before reading pauses. Few, since each may have two megabytes. */
    private static final String BUFFERED_RECORDS = "100";

    private final FanoutSettings settings;
    private final KafkaProperties kafka;
    private final FanoutMetrics metrics;
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final OversizedEvents oversized = new OversizedEvents();
    private SeenEventsDisk.@Nullable Memory diskMemory;
    private volatile @Nullable KafkaStreams streams;

    private FanoutRole(FanoutSettings settings, KafkaProperties kafka, FanoutMetrics metrics) {
        this.settings = settings;
        this.kafka = kafka;
        this.metrics = metrics;
    }

    /**
     * Builds the role. Connects to nothing yet.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every setting that is wrong
     */
    public static Service create(Settings settings, MeterRegistry metrics) {
        FanoutRole role =
                new FanoutRole(FanoutSettings.of(settings), new KafkaProperties(settings), new FanoutMetrics(metrics));
        role.metrics.watch(role.index);
        return role;
    }

    @Override
    public String name() {
        return "fanout";
    }

    /** Returns when the tables are read and the threads run; they may still wait for their partitions. */
    @Override
    public void start() {
        try (Admin admin = Admin.create(kafka.admin())) {
            TopicCheck.require(admin, settings.topicSpecs());
        }
        SeenEventsDisk.Memory memory = new SeenEventsDisk.Memory(settings.repeatMemoryBytes());
        diskMemory = memory;
        KafkaStreams created =
                new KafkaStreams(FanoutTopology.build(settings, index, oversized, metrics), properties(memory));
        created.setUncaughtExceptionHandler(new ThreadFailures(metrics));
        streams = created;
        created.start();
    }

    @Override
    public Health health() {
        KafkaStreams current = streams;
        if (current == null) {
            return Health.starting("not started");
        }
        return switch (current.state()) {
            case RUNNING -> Health.UP;
            case CREATED, REBALANCING -> Health.starting("Kafka Streams is " + current.state());
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR ->
                Health.down("Kafka Streams is " + current.state());
        };
    }

    /** Commits what is under way and leaves the group, so that others take over at once. */
    @Override
    public void close() {
        KafkaStreams current = streams;
        boolean stopped = current == null
                || current.close(CloseOptions.timeout(STOP_LIMIT)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        // Memory that a store still uses must not be given back: better lost.
        if (stopped && diskMemory != null) {
            diskMemory.close();
            diskMemory = null;
        }
    }

    private Properties properties(SeenEventsDisk.Memory memory) {
        Map<String, Object> ours = new HashMap<>();
        ours.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.topics().fanoutGroup());
        ours.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        ours.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        ours.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder());
        ours.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        ours.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        ours.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), settings.maxMessageBytes());
        ours.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedRecordHandler.class);
        // Silences a warning; the processors of the tables throw nothing.
        ours.put("processing.exception.handler.global.enabled", true);
        ours.put(
                RefusedRecordHandler.MEMORY,
                new RefusedRecordHandler.Memory(
                        settings.topics().events(), settings.topics().eventsMoved(), oversized, metrics));
        ours.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.topics().replicationFactor());
        ours.put(
                StreamsConfig.topicPrefix("min.insync.replicas"),
                Integer.toString(settings.topics().minInsyncReplicas()));
        ours.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SeenEventsDisk.class);
        ours.put(SeenEventsDisk.MEMORY, memory);
        // Before what the operator says; the rest comes after it.
        Properties properties = new Properties();
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        properties.putAll(kafka.streams(ours));
        return properties;
    }
}
