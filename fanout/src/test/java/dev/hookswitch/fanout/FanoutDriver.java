package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.matching.SubscriptionIndex;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker. The wall clock stands at {@link #NOW}, unless told otherwise. */
final class FanoutDriver implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    final TopicLayout topics;
    final OversizedEvents oversized = new OversizedEvents();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> events;
    private Instant now = NOW;
    private final TestOutputTopic<byte[], byte[]> deliveries;
    private final TestOutputTopic<byte[], byte[]> outcomes;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    FanoutDriver() {
        this(Map.of());
    }

    FanoutDriver(Map<String, String> overrides) {
        FanoutSettings settings = FanoutSettings.of(Settings.of(overrides));
        topics = settings.topics();
        SubscriptionIndex index = new SubscriptionIndex();
        FanoutMetrics metrics = new FanoutMetrics(registry);
        metrics.watch(index);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "fanout");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        driver = new TopologyTestDriver(FanoutTopology.build(settings, index, oversized, metrics), properties, NOW);
        events = input(topics.events());
        deliveries = output(topics.deliveries());
        outcomes = output(topics.deliveryOutcomes());
        deadLetters = output(topics.deadLetters());
    }

    void subscribe(Subscription... subscriptions) {
        for (Subscription subscription : subscriptions) {
            table(topics.subscriptions(), subscription.id().topicKey(), Wire.write(subscription));
        }
    }

    void unsubscribe(EndpointId id) {
        table(topics.subscriptions(), id.topicKey(), null);
    }

    void status(EndpointStatus status) {
        table(topics.endpointStatus(), status.id().topicKey(), Wire.write(status));
    }

    void table(String topic, @Nullable String key, byte @Nullable [] value) {
        input(topic).pipeInput(new TestRecord<>(key == null ? null : key.getBytes(UTF_8), value));
    }

    void event(byte @Nullable [] value) {
        event(value, now);
    }

    /** Published then. */
    void event(byte @Nullable [] value, Instant timestamp) {
        event("key".getBytes(UTF_8), value, new RecordHeaders(), timestamp);
    }

    /** Moves the wall clock. */
    void later(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** How many events are remembered, or were and still take room. */
    long remembered() {
        var store = driver.<Bytes, byte[]>getWindowStore("seen-1d");
        long count = 0;
        try (var all = store.all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    void event(byte @Nullable [] key, byte @Nullable [] value, Headers headers, Instant timestamp) {
        events.pipeInput(new TestRecord<>(key, value, headers, timestamp));
    }

    List<TestRecord<byte[], byte[]>> deliveries() {
        return deliveries.readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> outcomeRecords() {
        return outcomes.readRecordsToList();
    }

    List<OutcomeRow> outcomes() {
        return outcomeRecords().stream()
                .map(record -> Wire.read(record.value(), OutcomeRow.class))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** The webhook ids of the deliveries since the last look, in order. */
    List<String> deliveredTo() {
        return deliveries().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    /** The webhook ids and reasons of the outcomes since the last look, in order. */
    List<String> skipped() {
        return outcomes().stream()
                .map(row -> row.webhookId() + " " + row.reason())
                .toList();
    }

    /** The reasons and pointers of the dead letters since the last look, in order. */
    List<String> refused() {
        return deadLetters().stream()
                .map(record -> (header(record, "hs-reason") + " " + header(record, "hs-pointer")).strip())
                .toList();
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), UTF_8);
    }

    double count(String meter, String... tags) {
        var counter = registry.find("hookswitch.fanout." + meter).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    double endpoints() {
        return registry.get("hookswitch.fanout.endpoints").gauge().value();
    }

    long storedRecords() {
        return driver.getKeyValueStore(topics.subscriptions()).approximateNumEntries()
                + driver.getKeyValueStore(topics.endpointStatus()).approximateNumEntries();
    }

    @Override
    public void close() {
        driver.close();
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
