package dev.hookswitch.testkit;

import dev.hookswitch.embeddedkafka.EmbeddedKafka;
import dev.hookswitch.embeddedkafka.EmbeddedKafkaConfig;

/** The broker of a test run with its folder. */
record SharedBroker(TemporaryDirectory directory, EmbeddedKafka kafka, KafkaCluster cluster) implements AutoCloseable {
    static SharedBroker start() {
        TemporaryDirectory directory = TemporaryDirectory.create();
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.path()));
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
