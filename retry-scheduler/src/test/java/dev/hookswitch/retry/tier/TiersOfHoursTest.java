package dev.hookswitch.retry.tier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator adds tiers of 1 h and 6 h by settings alone; here they are scaled to 400 ms and 2.4 s. */
@ExtendWith(KafkaExtension.class)
class TiersOfHoursTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration NO_PURGE = Duration.ofHours(1);

    private final KafkaCluster kafka;
    private final String prefix;
    private final Settings before;
    private final Settings after;

    TiersOfHoursTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.prefix = kafka.uniquePrefix();
        this.before = Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", prefix,
                "topics.partitions", "2",
                "dispatcher.instance", "i1",
                "retry.time-scale", "9000"));
        this.after = before.with(Map.of("retry.tiers", "1s,5s,30s,2m,10m,1h,6h"));
    }

    private List<TopicSpec> specs(TopicLayout layout) {
        return layout.specs().stream()
                .filter(spec -> spec.name().equals(layout.deliveriesDue())
                        || layout.tiers().stream().map(Tier::topic).anyMatch(spec.name()::equals))
                .toList();
    }

    private TierSchedulers start(Settings settings) {
        SettingsReader reader = settings.reader();
        TierSettings tierSettings = TierSettings.read(reader);
        reader.done();
        TierSchedulers tiers = new TierSchedulers(
                tierSettings,
                TopicLayout.of(settings),
                new KafkaProperties(settings),
                InstantSource.system(),
                new SimpleMeterRegistry(),
                NO_PURGE);
        tiers.start();
        return tiers;
    }

    /** One in each tier and partition. */
    private void park(List<Tier> tiers, String number) {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (Tier tier : tiers) {
                for (int partition = 0; partition < 2; partition++) {
                    byte[] key = (tier.name() + "#" + number + "#" + partition).getBytes(UTF_8);
                    var unused = producer.send(new ProducerRecord<>(tier.topic(), partition, key, key));
                }
            }
        }
    }

    /** What waits in the tiers of old stays there, and nothing is lost while no scheduler runs for longer than all tiers. */
    @Test
    void tiersAreAddedToARunningDeployment() throws Exception {
        TopicLayout old = TopicLayout.of(before);
        TopicPlan.of(kafka.admin(), specs(old)).apply(kafka.admin());
        try (TierSchedulers tiers = start(before)) {
            park(old.tiers(), "1");
            kafka.awaitRecords(old.deliveriesDue(), 10, LIMIT);
            await().atMost(LIMIT).until(() -> tiers.health().stream().allMatch(Health::ready));
        }
        park(old.tiers(), "2");

        TopicLayout layout = TopicLayout.of(after);
        TopicPlan.of(kafka.admin(), specs(layout)).apply(kafka.admin());
        TopicCheck.require(kafka.admin(), specs(layout));
        assertThat(layout.tiers().stream().map(Tier::topic)).endsWith(prefix + "retry-1h", prefix + "retry-6h");
        park(layout.tiers().subList(5, 7), "2");
        assertKeptForEver(prefix + "retry-1h");
        assertKeptForEver(prefix + "retry-6h");
        long allDueMs = System.currentTimeMillis() + 2_400;
        await().atMost(LIMIT).until(() -> System.currentTimeMillis() > allDueMs);

        try (TierSchedulers tiers = start(after)) {
            kafka.awaitRecords(layout.deliveriesDue(), 24, LIMIT);
            park(layout.tiers().subList(5, 7), "3");
            List<ConsumerRecord<byte[], byte[]>> released = kafka.awaitRecords(layout.deliveriesDue(), 28, LIMIT);
            assertThat(released).hasSize(28);
            assertThat(released.stream().map(record -> new String(record.key(), UTF_8)))
                    .doesNotHaveDuplicates()
                    .contains("10m#2#1", "1h#2#0", "6h#2#1", "6h#3#0");
            assertNoneEarly(layout.tiers().get(5), 400, released);
            assertNoneEarly(layout.tiers().get(6), 2_400, released);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(tiers.health()).hasSize(7).containsOnly(Health.UP));
        }
    }

    private void assertNoneEarly(Tier tier, long delayMs, List<ConsumerRecord<byte[], byte[]>> released) {
        List<ConsumerRecord<byte[], byte[]>> parked = kafka.readAll(tier.topic());
        assertThat(parked)
                .hasSize(4)
                .allSatisfy(waited -> assertThat(released)
                        .filteredOn(record -> Arrays.equals(record.key(), waited.key()))
                        .singleElement()
                        .satisfies(record ->
                                assertThat(record.timestamp()).isGreaterThanOrEqualTo(waited.timestamp() + delayMs)));
    }

    private void assertKeptForEver(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = requireNonNull(
                kafka.admin().describeConfigs(List.of(resource)).all().get().get(resource));
        for (String limit : List.of("retention.ms", "retention.bytes")) {
            ConfigEntry entry = config.get(limit);
            assertThat(entry.value()).as(limit).isEqualTo("-1");
            assertThat(entry.source())
                    .as("no default of the brokers comes through: " + limit)
                    .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        }
        assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }

    @Test
    void tierThatCouldLoseWhatWaitsKeepsTheRoleFromStarting() throws Exception {
        TopicLayout layout = TopicLayout.of(after);
        TopicPlan.of(kafka.admin(), specs(layout)).apply(kafka.admin());
        for (String limit : List.of("retention.ms", "retention.bytes")) {
            set(prefix + "retry-6h", limit, "86400000");
            assertThatThrownBy(() -> TopicCheck.require(kafka.admin(), specs(layout)))
                    .hasMessageContaining(prefix + "retry-6h has " + limit + "=86400000, declared is -1");
            set(prefix + "retry-6h", limit, "-1");
        }
        TopicCheck.require(kafka.admin(), specs(layout));
    }

    private void set(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        kafka.admin()
                .incrementalAlterConfigs(Map.of(resource, List.of(change)))
                .all()
                .get();
    }
}
