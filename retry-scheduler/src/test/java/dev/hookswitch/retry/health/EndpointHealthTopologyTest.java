package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.GONE;
import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.retry.health.Attempts.activation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.EndpointStatus.State;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointHealthTopologyTest {
    private static final TopicLayout TOPICS = TopicLayout.of(Settings.of(Map.of()));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> attempts;
    private final TestOutputTopic<String, byte[]> statuses;

    EndpointHealthTopologyTest(@TempDir Path stateFolder) {
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("bootstrap.servers", "unused:9092");
        properties.put("state.dir", stateFolder.toString());
        driver = new TopologyTestDriver(
                EndpointHealthTopology.build(TOPICS, new DisableRules(Profiles.builtIn()), new HealthMeters(registry)),
                properties);
        attempts = driver.createInputTopic(
                TOPICS.deliveryAttempts(), new ByteArraySerializer(), new ByteArraySerializer());
        statuses = driver.createOutputTopic(
                TOPICS.endpointStatus(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    private void pipe(AttemptRow row) {
        attempts.pipeInput(row.webhookId().getBytes(UTF_8), Wire.write(row));
    }

    private List<String> told() {
        return statuses.readKeyValuesToList().stream()
                .map(EndpointHealthTopologyTest::text)
                .toList();
    }

    private static String text(KeyValue<String, byte[]> told) {
        EndpointStatus status = Wire.read(told.value, EndpointStatus.class);
        assertThat(told.key).isEqualTo(status.id().topicKey());
        String text = told.key + "@" + status.activation() + " "
                + status.state().name().toLowerCase(Locale.ROOT);
        return status.state() == State.HEALTHY ? text : text + " " + status.consecutiveFailures();
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counter().count();
    }

    @Test
    void tellsEachFailureInARowUntilTheEndpointIsDisabledAndNothingAfterThat() {
        for (int i = 0; i < 12; i++) {
            pipe(activation(1).failed(SERVER_ERROR));
        }
        pipe(activation(1).success());

        assertThat(told())
                .hasSize(10)
                .startsWith("acme/wh_1@1 failing 1", "acme/wh_1@1 failing 2")
                .endsWith("acme/wh_1@1 failing 9", "acme/wh_1@1 disabled 10");
        assertThat(count("hookswitch.endpoint.health.transitions", "to", "disabled"))
                .isEqualTo(1);
    }

    @Test
    void saysNothingOfAnEndpointThatIsWell() {
        pipe(activation(1).success());
        pipe(activation(1).success());
        pipe(activation(2).success());

        assertThat(told()).isEmpty();
    }

    @Test
    void tellsARecoveryOnceAndCountsAnew() {
        pipe(activation(1).failed(SERVER_ERROR));
        pipe(activation(1).success());
        pipe(activation(1).success());
        pipe(activation(1).failed(SERVER_ERROR));

        assertThat(told()).containsExactly("acme/wh_1@1 failing 1", "acme/wh_1@1 healthy", "acme/wh_1@1 failing 1");
    }

    @Test
    void aSuccessOfANewerActivationEndsADisablingAndOlderRowsDoNotReturnToIt() {
        Attempts standard = activation(1).withProfile("standard");
        pipe(standard.exhausted(GONE));
        pipe(activation(2).withProfile("standard").success());
        pipe(standard.exhausted(GONE));

        assertThat(told()).containsExactly("acme/wh_1@1 disabled 1", "acme/wh_1@2 healthy");
    }

    @Test
    void countsTheSameWebhookIdOfTwoTenantsApart() {
        pipe(activation(1).of("a", "wh").failed(SERVER_ERROR));
        pipe(activation(1).of("b", "wh").failed(SERVER_ERROR));

        assertThat(told()).containsExactly("a/wh@1 failing 1", "b/wh@1 failing 1");
    }

    @Test
    void eachProfileCountsInItsOwnUnit() {
        pipe(activation(1).withProfile("ring-tonic").failed(SERVER_ERROR));
        assertThat(told()).isEmpty();

        pipe(activation(1).withProfile("ring-tonic").exhausted(SERVER_ERROR));
        assertThat(told()).containsExactly("acme/wh_1@1 failing 1");
    }

    @Test
    void anUnknownProfileIsCountedAndTreatedAsStandard() {
        pipe(activation(1).withProfile("nobody").failed(GONE));

        assertThat(told()).containsExactly("acme/wh_1@1 disabled 0");
        assertThat(count("hookswitch.endpoint.health.unknown.profile")).isEqualTo(1);
    }

    @Test
    void garbageIsCountedAndWhatFollowsIsStillRead() {
        byte[] key = "wh_1".getBytes(UTF_8);
        attempts.pipeInput(key, "no json".getBytes(UTF_8));
        attempts.pipeInput(key, "{}".getBytes(UTF_8));
        attempts.pipeInput(key, "null".getBytes(UTF_8));
        attempts.pipeInput(new TestRecord<>(key, null));
        pipe(activation(1).of("", "wh_1").failed(SERVER_ERROR));
        pipe(activation(1).of("a/b", "wh_1").failed(SERVER_ERROR));
        pipe(activation(1).failed(SERVER_ERROR));

        assertThat(told()).containsExactly("acme/wh_1@1 failing 1");
        assertThat(count("hookswitch.endpoint.health.garbage")).isEqualTo(6);
    }
}
