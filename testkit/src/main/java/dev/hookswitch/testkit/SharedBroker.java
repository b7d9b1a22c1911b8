package dev.hookswitch.testkit;

import dev.hookswitch.embeddedkafka.EmbeddedKafka;
import dev.hookswitch.embeddedkafka.EmbeddedKafkaConfig;
import java.util.Map;

/** The broker of a test run with its folder. */
record SharedBroker(TemporaryDirectory directory, EmbeddedKafka kafka, KafkaCluster cluster) implements AutoCloseable {
    /**
     * Nobody needs its records after a crash: the system decides when they reach the disk. And a machine that stands still
     * for a while is no reason to take the only broker for dead.
     */
    private static final Map<String, String> PATIENT =
            Map.of("log.flush.interval.ms", Long.toString(Long.MAX_VALUE), "broker.session.timeout.ms", "600000");

    static SharedBroker start() {
        TemporaryDirectory directory = TemporaryDirectory.create();
        EmbeddedKafka kafka =
                EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.path()).withOverrides(PATIENT));
        return new SharedBroker(directory, kafka, new KafkaCluster(kafka.bootstrapServers()));
    }

    @Override
    public void close() {
        try (directory;
                kafka) {
            cluster.close();
        }
    }
}
