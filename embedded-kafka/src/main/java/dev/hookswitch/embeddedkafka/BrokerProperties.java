package dev.hookswitch.embeddedkafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Kafka's defaults are for a cluster of servers; these fit one node on a small machine. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    private static final String LOG_FOLDER = "log";

    private BrokerProperties() {}

    static Properties of(EmbeddedKafkaConfig config, String brokerAddress, String controllerAddress) {
        Properties properties = new Properties();
        properties.putAll(identity(config.dataDirectory().resolve(LOG_FOLDER), brokerAddress, controllerAddress));
        properties.putAll(SINGLE_REPLICA);
        properties.putAll(GROUPS);
        properties.putAll(DURABILITY);
        properties.putAll(LIMITS);
        properties.putAll(SMALL_FOOTPRINT);
        properties.putAll(config.overrides());
        return properties;
    }

    /** The static voter list is configuration, not data: a restart with another controller port just says so here. */
    private static Map<String, String> identity(Path logs, String brokerAddress, String controllerAddress) {
        String broker = Listeners.BROKER + "://" + brokerAddress;
        return Map.of(
                "node.id",
                String.valueOf(NODE_ID),
                "process.roles",
                "broker,controller",
                "controller.quorum.voters",
                NODE_ID + "@" + controllerAddress,
                "controller.listener.names",
                Listeners.CONTROLLER,
                "inter.broker.listener.name",
                Listeners.BROKER,
                "listener.security.protocol.map",
                Listeners.BROKER + ":PLAINTEXT," + Listeners.CONTROLLER + ":PLAINTEXT",
                "listeners",
                broker + "," + Listeners.CONTROLLER + "://" + controllerAddress,
                "advertised.listeners",
                broker,
                "log.dirs",
                logs.toAbsolutePath().toString());
    }

    private static final Map<String, String> SINGLE_REPLICA = Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "4",
            "auto.leader.rebalance.enable", "false");

    /** A crashed member is noticed within the session timeout, and nothing waits for members that do not exist. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.session.timeout.ms", "6000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
            Map.entry("group.consumer.heartbeat.interval.ms", "1500"),
            Map.entry("group.consumer.assignment.interval.ms", "0"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
            Map.entry("group.streams.min.session.timeout.ms", "1000"),
            Map.entry("group.streams.session.timeout.ms", "6000"),
            Map.entry("group.streams.min.heartbeat.interval.ms", "500"),
            Map.entry("group.streams.heartbeat.interval.ms", "1500"),
            Map.entry("group.streams.assignment.interval.ms", "0"),
            // A crash inside a transaction blocks readers until it is aborted: look for expired ones every second.
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));

    /** With one replica the disk is all there is: at most about two seconds of writes are in memory only. */
    private static final Map<String, String> DURABILITY = Map.of(
            "log.flush.interval.ms", "1000",
            "log.flush.scheduler.interval.ms", "1000",
            "log.initial.task.delay.ms", "1000",
            "offsets.retention.minutes", minutes(Duration.ofDays(3650)),
            "auto.create.topics.enable", "false");

    private static final Map<String, String> LIMITS = Map.of(
            // An event of 1 MiB with headers and its envelope, with room to spare.
            "message.max.bytes", "4194304",
            "server.max.startup.time.ms", "60000");

    private static final Map<String, String> SMALL_FOOTPRINT = Map.of(
            "log.cleaner.dedupe.buffer.size", "2097152",
            "metric.reporters", "",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "4",
            "group.coordinator.threads", "2");

    private static String minutes(Duration duration) {
        return String.valueOf(duration.toMinutes());
    }
}
