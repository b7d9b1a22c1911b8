package dev.hookswitch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartableKafkaTest {
    @Test
    void comesBackAtTheSameAddressWithTheSameRecords() {
        try (RestartableKafka kafka = new RestartableKafka()) {
            KafkaCluster cluster = kafka.cluster();
            cluster.createTopics(1, "kept");
            cluster.send("kept", "k", "before");

            kafka.stop();
            kafka.start();
            cluster.send("kept", "k", "after");

            assertThat(cluster.readAll("kept"))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("before", "after");
        }
    }
}
