package dev.hookswitch.retry.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.EndpointStatus.State;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker. */
final class HealthDriver implements AutoCloseable {
    private static final TopicLayout TOPICS = TopicLayout.of(Settings.of(Map.of()));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> attempts;
    private final TestInputTopic<byte[], byte[]> subscriptions;
    private final TestOutputTopic<String, byte[]> statuses;
    private final TestOutputTopic<String, byte[]> endpointEvents;
    private final TestOutputTopic<String, byte[]> events;

    HealthDriver(Path stateFolder) {
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("bootstrap.servers", "unused:9092");
        properties.put("state.dir", stateFolder.toString());
        driver = new TopologyTestDriver(
                EndpointHealthTopology.build(
                        TOPICS, DisableRules.of(Profiles.builtIn(), Duration.ZERO), new HealthMeters(registry)),
                properties);
        attempts = input(TOPICS.deliveryAttempts());
        subscriptions = input(TOPICS.subscriptions());
        statuses = output(TOPICS.endpointStatus());
        endpointEvents = output(TOPICS.endpointEvents());
        events = output(TOPICS.events());
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void pipe(AttemptRow row) {
        pipe(Wire.write(row));
    }

    void pipe(byte @Nullable [] value) {
        attempts.pipeInput(new TestRecord<>("wh_1".getBytes(UTF_8), value));
    }

    void subscribe(String tenant, String webhookId, String... events) {
        Subscription subscription = new Subscription(
                tenant,
                webhookId,
                "ringyo",
                "",
                "https://receiver.example/" + webhookId,
                Set.of(events),
                null,
                null,
                true,
                1,
                1,
                List.of(new SealedSecret(1, "k1", "wrapped", "sealed")),
                0,
                0);
        subscription(subscription.id().topicKey(), Wire.write(subscription));
    }

    void unsubscribe(String tenant, String webhookId) {
        subscription(new EndpointId(tenant, webhookId).topicKey(), null);
    }

    void subscription(String key, byte @Nullable [] value) {
        subscriptions.pipeInput(new TestRecord<>(key.getBytes(UTF_8), value));
    }

    /** The wall clock goes on. */
    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** So many sweeps take place; Kafka Streams makes one of several that are overdue. */
    void sweep(int times) {
        for (int i = 0; i < times; i++) {
            pass(EndpointHealthProcessor.SWEEP_INTERVAL);
        }
    }

    /** The statuses since the last look, in order, such as {@code acme/wh_1@1 failing 2}. */
    List<String> statuses() {
        return statuses.readKeyValuesToList().stream().map(HealthDriver::text).toList();
    }

    private static String text(KeyValue<String, byte @Nullable []> told) {
        if (told.value == null) {
            return told.key + " deleted";
        }
        EndpointStatus status = Wire.read(told.value, EndpointStatus.class);
        assertThat(told.key).isEqualTo(status.id().topicKey());
        String text = told.key + "@" + status.activation() + " "
                + status.state().name().toLowerCase(Locale.ROOT);
        return status.state() == State.HEALTHY ? text : text + " " + status.consecutiveFailures();
    }

    /** The rows of {@code endpoint-events} since the last look, in order. */
    List<EndpointEvent> endpointEvents() {
        return endpointEvents.readKeyValuesToList().stream()
                .map(row -> {
                    EndpointEvent event = Wire.read(row.value, EndpointEvent.class);
                    assertThat(row.key).isEqualTo(event.endpoint().topicKey());
                    return event;
                })
                .toList();
    }

    /** The records of {@code events} since the last look, in order. */
    List<KeyValue<String, byte[]>> events() {
        return events.readKeyValuesToList();
    }

    long remembered() {
        return driver.getKeyValueStore(EndpointHealthTopology.STORE).approximateNumEntries();
    }

    double count(String meter, String... tags) {
        return registry.get("hookswitch.endpoint.health." + meter)
                .tags(tags)
                .counter()
                .count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
