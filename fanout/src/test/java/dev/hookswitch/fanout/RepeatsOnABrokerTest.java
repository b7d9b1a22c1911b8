package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publications of an event that come on different partitions, and what a new process knows of the old one's. */
@ExtendWith(KafkaExtension.class)
class RepeatsOnABrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final int EVENTS = 400;

    private final KafkaCluster kafka;
    private final String prefix;
    private final TopicLayout topics;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    RepeatsOnABrokerTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        prefix = kafka.uniquePrefix();
        topics = TopicLayout.of(settings(folder));
        kafka.createTopics(topics.specs().stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.config()))
                .toList());
        Subscription endpoint = subscription("wh_1", STANDARD, "*");
        kafka.send(topics.subscriptions(), endpoint.id().topicKey(), new String(Wire.write(endpoint), UTF_8));
    }

    private Settings settings(Path folder) {
        return Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", prefix,
                "topics.events.partitions", Integer.toString(PARTITIONS),
                "kafka.streams.session.timeout.ms", "6000",
                "fanout.state-folder", folder.toString()));
    }

    /** Under its tenant, on every other partition, and once more after a restart from Kafka alone. */
    @Test
    void eventIsDeliveredOnceOnWhateverPartitionItComesAndWhoeverReadsIt(@TempDir Path first, @TempDir Path second)
            throws Exception {
        try (Service role = start(first)) {
            publish(null, 0, EVENTS / 2);
            publish(0, 0, EVENTS);
            publish(1, 0, EVENTS);
            kafka.awaitRecords(topics.deliveries(), EVENTS, LIMIT);
            assertThat(role.health().ready()).isTrue();
        }
        try (Service role = start(second)) {
            publish(2, 0, EVENTS);
            publish(null, EVENTS / 2, EVENTS + 1);
            await().atMost(LIMIT).until(() -> repeats() == 3 * EVENTS);
            assertThat(role.health().ready()).isTrue();
        }

        assertThat(kafka.readAll(topics.deliveries()))
                .extracting(record -> DeliveryHeaders.read(record.headers()).eventId())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, EVENTS)
                        .mapToObj(i -> "evt_" + i)
                        .toList());
        assertThat(kafka.readAll(topics.deadLetters())).isEmpty();
        assertThat(kafka.readAll(topics.eventsMoved())).isNotEmpty();
    }

    /** Deliveries and dead letters of moved events say where these stand in events. */
    @Test
    void movedEventKeepsItsPlace(@TempDir Path folder) throws Exception {
        int home = new KeyPartitioner(PARTITIONS).partition("acme".getBytes(UTF_8));
        int elsewhere = (home + 1) % PARTITIONS;
        try (Service role = start(folder)) {
            RecordMetadata at = kafka.send(topics.events(), elsewhere, null, order("evt_1", "{}"), Map.of("h", "v"));
            Delivery delivery = DeliveryHeaders.read(
                    kafka.awaitRecords(topics.deliveries(), 1, LIMIT).get(0).headers());
            kafka.send(topics.events(), elsewhere, new byte[] {7}, order("evt_1", "{\"other\":1}"), Map.of("h", "v"));
            var letter = kafka.awaitRecords(topics.deadLetters(), 1, LIMIT).get(0);

            assertThat(delivery.eventsPartition()).isEqualTo(at.partition());
            assertThat(delivery.eventsOffset()).isEqualTo(at.offset());
            assertThat(letter.key()).containsExactly(7);
            assertThat(new String(letter.headers().lastHeader("hs-source").value(), UTF_8))
                    .isEqualTo(topics.events() + ":" + elsewhere + ":" + (at.offset() + 1));
            assertThat(letter.headers().lastHeader(MovedEvents.FROM)).isNull();
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** A new process must not begin with the clock of the first record that it reads, which may be an old one. */
    @Test
    void restartDoesNotSetTheClockBack(@TempDir Path folder) throws Exception {
        long nowMs = Instant.now().toEpochMilli();
        long earlierMs = nowMs - Duration.ofHours(20).toMillis();
        try (Service role = start(folder)) {
            publishAt(nowMs, "evt_1");
            kafka.awaitRecords(topics.deliveries(), 1, LIMIT);
            assertThat(role.health().ready()).isTrue();
        }
        try (Service role = start(folder)) {
            publishAt(earlierMs, "evt_2");
            publishAt(earlierMs, "evt_1");
            publishAt(earlierMs, "evt_3");
            assertThat(kafka.awaitRecords(topics.deliveries(), 3, LIMIT))
                    .extracting(record -> DeliveryHeaders.read(record.headers()).eventId())
                    .containsExactly("evt_1", "evt_2", "evt_3");
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** What docs/operating.md says of the topic that is not ours to declare. */
    @Test
    void memoryIsKeptInKafkaForAsLongAsItIsNeeded(@TempDir Path folder) throws Exception {
        try (Service role = start(folder)) {
            ConfigResource changelog =
                    new ConfigResource(ConfigResource.Type.TOPIC, topics.fanoutGroup() + "-seen-1d-changelog");
            Config config = Objects.requireNonNull(kafka.admin()
                    .describeConfigs(List.of(changelog))
                    .all()
                    .get()
                    .get(changelog));

            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
            assertThat(Long.parseLong(config.get("retention.ms").value()))
                    .isBetween(
                            Duration.ofDays(2).toMillis(),
                            Duration.ofDays(2).plusMinutes(1).toMillis());
            assertThat(role.health().ready()).isTrue();
        }
    }

    private Service start(Path folder) throws Exception {
        Service role = FanoutRole.create(settings(folder), meters);
        role.start();
        await().atMost(LIMIT).until(() -> role.health().ready());
        return role;
    }

    private double repeats() {
        var counter =
                meters.find("hookswitch.fanout.repeats").tag("content", "same").counter();
        return counter == null ? 0 : counter.count();
    }

    /** Keyed by the tenant, or to this partition. */
    private void publish(@Nullable Integer partition, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            byte[] key = partition == null ? "acme".getBytes(UTF_8) : null;
            records.add(new ProducerRecord<>(topics.events(), partition, key, order("evt_" + i, "{\"n\":" + i + "}")));
        }
        publish(records);
    }

    private void publishAt(long timestampMs, String id) {
        publish(List.of(
                new ProducerRecord<>(topics.events(), null, timestampMs, "acme".getBytes(UTF_8), order(id, "{}"))));
    }

    private void publish(Collection<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            records.forEach(record -> sent.add(producer.send(record)));
        }
        assertThat(sent).allSatisfy(result -> assertThat(result).succeedsWithin(LIMIT));
    }

    private static byte[] order(String id, String data) {
        return event(id, "order.paid", null, data);
    }
}
