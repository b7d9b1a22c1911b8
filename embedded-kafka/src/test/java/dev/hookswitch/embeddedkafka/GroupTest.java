package dev.hookswitch.embeddedkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupTest {
    /** Well below the 45 s after which Kafka's defaults would notice a crash. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String MAX_BYTES = "7654321";

    private EmbeddedKafka kafka;
    private Clients clients;

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory).withOverrides(Map.of("message.max.bytes", MAX_BYTES)));
        clients = new Clients(kafka.bootstrapServers());
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void movesThePartitionsOfACrashedMember(String protocol) throws Exception {
        clients.createTopic(protocol, 4);
        Map<String, Object> config = new HashMap<>(Map.of("group.id", protocol, "group.protocol", protocol));
        if (protocol.equals("classic")) {
            config.putAll(Map.of("session.timeout.ms", 3_000, "heartbeat.interval.ms", 750));
        }
        Consumer<byte[], byte[]> crashing = clients.consumer(config);
        try (Consumer<byte[], byte[]> staying = clients.consumer(config)) {
            crashing.subscribe(List.of(protocol));
            staying.subscribe(List.of(protocol));
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> List.of(assigned(crashing), assigned(staying)).equals(List.of(2, 2)));

            crashing.close(CloseOptions.timeout(Duration.ZERO)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));

            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> assigned(staying) == 4);
        }
    }

    @Test
    void commitsRecordsAndOffsetsInOneTransaction() throws Exception {
        clients.createTopic("out", 1);
        TopicPartition in = new TopicPartition("out", 0);
        try (Producer<byte[], byte[]> producer = clients.producer(Map.of("transactional.id", "tx"));
                Consumer<byte[], byte[]> consumer = clients.consumer(Map.of("group.id", "tx-group"))) {
            producer.initTransactions();
            consumer.assign(List.of(in));
            transaction(producer, consumer, "aborted", 1);
            producer.abortTransaction();
            transaction(producer, consumer, "committed", 2);
            producer.commitTransaction();

            // The partition hears of the commit after the producer.
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(clients.readAll("out")).containsExactly("committed"));
            assertThat(consumer.committed(Set.of(in)).get(in)).isEqualTo(new OffsetAndMetadata(2));
        }
    }

    @Test
    void createsNoTopicUnasked() {
        try (Consumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            consumer.assign(List.of(new TopicPartition("unheard-of", 0)));
            consumer.poll(Duration.ofMillis(200));

            assertThat(consumer.listTopics()).doesNotContainKey("unheard-of");
        }
    }

    @Test
    void letsOverridesWin() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = clients.admin()) {
            Config config = requireNonNull(
                    admin.describeConfigs(List.of(broker)).all().get().get(broker));
            assertThat(config.get("message.max.bytes").value()).isEqualTo(MAX_BYTES);
        }
    }

    private static int assigned(Consumer<byte[], byte[]> consumer) {
        consumer.poll(Duration.ofMillis(20));
        return consumer.assignment().size();
    }

    private static void transaction(
            Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, String value, long offset) {
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>("out", value.getBytes(UTF_8)));
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition("out", 0), new OffsetAndMetadata(offset)), consumer.groupMetadata());
    }
}
