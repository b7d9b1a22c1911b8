package dev.hookswitch.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);
    private static final Map<String, Object> GROUP = Map.of("group.id", "readers");

    @TempDir
    Path directory;

    @Test
    void goesOnWhereItWasWithOtherPorts() throws Exception {
        String firstAddress;
        String firstClusterId;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
            firstAddress = kafka.bootstrapServers();
            Clients clients = new Clients(firstAddress);
            firstClusterId = clusterId(clients);
            clients.createTopic("kept", 1);
            clients.send("kept", "one");
            try (Consumer<byte[], byte[]> consumer = clients.consumer(GROUP)) {
                consumer.assign(List.of(PARTITION));
                consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(1, "so far")));
            }
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
            Clients clients = new Clients(kafka.bootstrapServers());
            assertThat(kafka.bootstrapServers()).isNotEqualTo(firstAddress);
            assertThat(clusterId(clients)).isEqualTo(firstClusterId);
            clients.send("kept", "two");
            assertThat(clients.readAll("kept")).containsExactly("one", "two");
            try (Consumer<byte[], byte[]> consumer = clients.consumer(GROUP)) {
                assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION))
                        .isEqualTo(new OffsetAndMetadata(1, "so far"));
            }
        }
    }

    private static String clusterId(Clients clients) throws Exception {
        try (Admin admin = clients.admin()) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }
}
