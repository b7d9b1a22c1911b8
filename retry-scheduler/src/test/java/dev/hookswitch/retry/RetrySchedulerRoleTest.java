package dev.hookswitch.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.EndpointStatus.State;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class RetrySchedulerRoleTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KafkaCluster kafka;
    private final Settings settings;
    private final TopicLayout topics;

    RetrySchedulerRoleTest(KafkaCluster kafka, @TempDir Path stateFolder) {
        this.kafka = kafka;
        settings = Settings.of(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                kafka.uniquePrefix(),
                "topics.partitions",
                "2",
                "retry.tiers",
                "1s",
                "retry.time-scale",
                "100",
                "retry-scheduler.state-folder",
                stateFolder.resolve("first").toString()));
        topics = TopicLayout.of(settings);
    }

    private static Service start(Settings with) throws Exception {
        Service role = RetrySchedulerRole.create(with, new SimpleMeterRegistry());
        role.start();
        return role;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            AttemptRow row = new AttemptRow(
                    AttemptRow.Kind.ATTEMPT,
                    "msg_1",
                    "evt_1",
                    "call.completed",
                    "acme",
                    "wh_1",
                    "ringyo",
                    1,
                    1,
                    6,
                    AttemptResult.SERVER_ERROR,
                    500,
                    AttemptRow.Decision.RETRY,
                    "1s",
                    1_700_000_000_000L,
                    12,
                    false,
                    1_700_000_000_000L,
                    0,
                    0,
                    0,
                    0,
                    "d1",
                    null);
            kafka.send(topics.deliveryAttempts(), "wh_1".getBytes(UTF_8), Wire.write(row), Map.of());
        }
    }

    private List<EndpointStatus> statuses() {
        return kafka.readAll(topics.endpointStatus()).stream()
                .map(told -> Wire.read(told.value(), EndpointStatus.class))
                .toList();
    }

    /** Ten failures disable: neither a stop nor the loss of the state may add one or take one away. */
    @Test
    void countsEachFailureOnceOverAStopAndTheLossOfItsStateFolder(@TempDir Path otherFolder) throws Exception {
        TopicPlan.of(kafka.admin(), topics.specs()).apply(kafka.admin());
        fail(4);
        try (Service first = start(settings)) {
            kafka.awaitRecords(topics.endpointStatus(), 4, LIMIT);
            await().atMost(LIMIT).until(() -> first.health().equals(Health.UP));
        }
        fail(3);
        try (Service second = start(settings)) {
            kafka.awaitRecords(topics.endpointStatus(), 7, LIMIT);
            assertThat(second.health().alive()).isTrue();
        }
        fail(5);
        try (Service third = start(settings.with(Map.of("retry-scheduler.state-folder", otherFolder.toString())))) {
            kafka.awaitRecords(topics.endpointStatus(), 10, LIMIT);
            assertThat(third.health().alive()).isTrue();
        }

        List<EndpointStatus> told = statuses();
        assertThat(told)
                .extracting(EndpointStatus::consecutiveFailures)
                .isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
        assertThat(told.get(9).state()).isEqualTo(State.DISABLED);
        assertThat(told.get(9).reason()).isEqualTo("consecutive_failures");
        assertThat(kafka.readAll(topics.endpointStatus()))
                .allSatisfy(record -> assertThat(record.partition()).isEqualTo(partitionOfAnyJavaProducer(record)));
    }

    private int partitionOfAnyJavaProducer(ConsumerRecord<byte[], byte[]> record) {
        return kafka.send(topics.deliveriesDue(), record.key(), null, Map.of()).partition();
    }

    @Test
    void releasesRetriesAndIsUpWhenEveryPartIs() throws Exception {
        TopicPlan.of(kafka.admin(), topics.specs()).apply(kafka.admin());
        kafka.send(topics.tiers().get(0).topic(), "wh_1", "body");

        try (Service role = start(settings)) {
            assertThat(kafka.awaitRecords(topics.deliveriesDue(), 1, LIMIT)
                            .get(0)
                            .value())
                    .isEqualTo("body".getBytes(UTF_8));
            await().atMost(LIMIT).until(() -> role.health().equals(Health.UP));
        }
    }

    @Test
    void saysWhichTopicsAreMissing() {
        try (Service role = RetrySchedulerRole.create(settings, new SimpleMeterRegistry())) {
            assertThatThrownBy(role::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(
                            topics.tiers().get(0).topic(),
                            topics.deliveriesDue(),
                            topics.deliveryAttempts(),
                            topics.endpointStatus());
            assertThat(role.health().state()).isEqualTo(Health.State.STARTING);
        }
    }

    @Test
    void saysAtItsStartThatTheBrokersNameDoesNotResolve() {
        Settings nowhere = settings.with(Map.of("kafka.bootstrap.servers", "broker.invalid:9092"));
        try (Service role = RetrySchedulerRole.create(nowhere, new SimpleMeterRegistry())) {
            assertThatThrownBy(role::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("no Kafka client for kafka.bootstrap.servers=broker.invalid:9092: ")
                    .hasMessageContaining("No resolvable bootstrap urls");
        }
    }

    @Test
    void namesEveryWrongSetting() {
        Settings wrong = settings.with(Map.of(
                "retry.time-scale", "0", "retry-scheduler.threads", "none", "profiles.folder", "/no/such/folder"));

        assertThatThrownBy(() -> RetrySchedulerRole.create(wrong, new SimpleMeterRegistry()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        "retry.time-scale must be a number from 1",
                        "retry-scheduler.threads must be a whole number from 1",
                        "profiles.folder must hold readable profiles");
    }
}
