package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class FanoutRoleTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    private final KafkaCluster kafka;
    private final Settings settings;
    private final TopicLayout topics;

    FanoutRoleTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        settings = Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", kafka.uniquePrefix(),
                "topics.partitions", Integer.toString(PARTITIONS),
                "topics.events.partitions", "2",
                "kafka.streams.session.timeout.ms", "6000",
                "fanout.state-folder", folder.toString()));
        topics = TopicLayout.of(settings);
    }

    /** Bad records among good ones, a stop and a start while they come, and an endpoint that is off. */
    @Test
    void losesAndRepeatsNothingOverARestartAmongMalformedRecords() {
        createTopics();
        subscribe(subscription("wh_1", RINGYO, "*"));
        subscribe(subscription("wh_2", STANDARD, "call.failed"));
        subscribe(Samples.subscription("acme", "wh_3", "ringyo", Set.of("*"), false, 1));
        subscribe(subscription("wh_4", RINGYO, "*"));
        kafka.send(
                topics.endpointStatus(),
                "acme/wh_4",
                new String(Wire.write(Samples.status("wh_4", 1, EndpointStatus.State.DISABLED, 10)), UTF_8));
        try (Service first = start()) {
            produce(0, 500);
            kafka.awaitRecords(topics.deliveries(), 300, LIMIT);
            produce(500, 750);
            await().atMost(LIMIT).until(() -> first.health().equals(Health.UP));
        }
        produce(750, 1_000);
        try (Service second = start()) {
            kafka.awaitRecords(topics.deadLetters(), 1_000, LIMIT);
            kafka.awaitRecords(topics.deliveries(), 2_000, LIMIT);
            kafka.awaitRecords(topics.deliveryOutcomes(), 2_000, LIMIT);
            await().atMost(LIMIT).until(() -> second.health().equals(Health.UP));
        }

        assertThat(reasons(kafka.readAll(topics.deadLetters())))
                .isEqualTo(Map.of("not_json", 500L, "missing_field", 250L, "empty", 250L));
        assertEachOnce(kafka.readAll(topics.deliveries()), List.of("wh_1", "wh_2"), FanoutRoleTest::delivery);
        assertEachOnce(kafka.readAll(topics.deliveryOutcomes()), List.of("wh_3", "wh_4"), FanoutRoleTest::outcome);
    }

    @Test
    void recordThatTheBrokerFindsTooLargeBecomesADeadLetterAndThePartitionMovesOn() throws Exception {
        createTopics();
        subscribe(subscription("wh_1", STANDARD, "*"));
        byte[] large = event("large", "order.paid", null, "{\"text\":\"" + "x".repeat(10_000) + "\"}");
        try (Service role = start()) {
            // A role refuses to start on such a topic, but somebody may lower the limit while it runs.
            limitMessages(topics.deliveries(), 5_000);
            produce(0, 500);
            kafka.awaitRecords(topics.deliveries(), 500, LIMIT);
            kafka.send(topics.events(), "large".getBytes(UTF_8), large, Map.of());
            produce(500, 1_000);

            kafka.awaitRecords(topics.deadLetters(), 1_001, LIMIT);
            kafka.awaitRecords(topics.deliveries(), 1_000, LIMIT);
            await().atMost(LIMIT).until(() -> role.health().ready());
        }

        assertThat(reasons(kafka.readAll(topics.deadLetters()))).hasSize(4).containsEntry("too_large", 1L);
        assertEachOnce(kafka.readAll(topics.deliveries()), List.of("wh_1"), FanoutRoleTest::delivery);
    }

    @Test
    void isDownWhenItsTopicIsDeleted() throws Exception {
        createTopics();
        try (Service role = start()) {
            kafka.admin().deleteTopics(List.of(topics.events())).all().get();

            await().atMost(LIMIT).until(() -> !role.health().alive());
        }
    }

    @Test
    void saysWhichTopicsAreMissing() {
        try (Service role = FanoutRole.create(settings, new SimpleMeterRegistry())) {
            assertThatThrownBy(role::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(topics.events())
                    .hasMessageContaining(topics.deadLetters());
            assertThat(role.health().ready()).isFalse();
        }
    }

    private Service start() {
        Service role = FanoutRole.create(settings, new SimpleMeterRegistry());
        try {
            role.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        await().atMost(LIMIT).until(() -> role.health().ready());
        return role;
    }

    private void createTopics() {
        kafka.createTopics(topics.specs().stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.config()))
                .toList());
    }

    private void limitMessages(String topic, int bytes) throws Exception {
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        kafka.admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(limit)))
                .all()
                .get();
    }

    private void subscribe(Subscription subscription) {
        kafka.send(topics.subscriptions(), subscription.id().topicKey(), new String(Wire.write(subscription), UTF_8));
    }

    /** One good event and one that is none for each number. */
    private void produce(int from, int to) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (int i = from; i < to; i++) {
                byte[] key = Integer.toString(i).getBytes(UTF_8);
                byte[] good = event("evt_" + i, RINGYO, "call.failed");
                sent.add(producer.send(new ProducerRecord<>(topics.events(), key, good)));
                sent.add(producer.send(new ProducerRecord<>(topics.events(), key, malformed(i))));
            }
        }
        assertThat(sent).allSatisfy(result -> assertThat(result).succeedsWithin(LIMIT));
    }

    private static byte[] malformed(int i) {
        return switch (i % 4) {
            case 0 -> "{}".getBytes(UTF_8);
            case 1 -> new byte[0];
            default -> ("{\"id\":" + i).getBytes(UTF_8);
        };
    }

    private static Map<String, Long> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .collect(Collectors.groupingBy(
                        letter -> new String(
                                letter.headers().lastHeader("hs-reason").value(), UTF_8),
                        Collectors.counting()));
    }

    /** That there is one record for each event and endpoint, all of an endpoint in the partition of its id. */
    private static void assertEachOnce(
            List<ConsumerRecord<byte[], byte[]>> records,
            List<String> webhookIds,
            Function<ConsumerRecord<byte[], byte[]>, String> name) {
        assertThat(records)
                .extracting(name)
                .containsExactlyInAnyOrderElementsOf(webhookIds.stream()
                        .flatMap(webhookId -> IntStream.range(0, 1_000).mapToObj(i -> webhookId + " evt_" + i))
                        .toList());
        assertThat(records)
                .allSatisfy(record -> assertThat(record.partition())
                        .isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % PARTITIONS));
    }

    private static String delivery(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8) + " "
                + DeliveryHeaders.read(record.headers()).eventId();
    }

    private static String outcome(ConsumerRecord<byte[], byte[]> record) {
        OutcomeRow row = Wire.read(record.value(), OutcomeRow.class);
        return new String(record.key(), UTF_8) + " " + row.eventId();
    }
}
