package dev.hookswitch.ingest;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.access.KeyDirectory;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicSpec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The role that takes events over HTTP: {@code POST /v1/events}, answered with 202 once every in-sync replica has the
 * event, never before.
 */
public final class IngestRole implements Service {
    private final IngestSettings settings;
    private final KafkaProperties kafka;
    private final IngestMetrics metrics;
    private final KeyDirectory keys;
    private final AccessGate gate;
    private final EndpointDoor door;
    private final KafkaState kafkaState = new KafkaState(InstantSource.system());
    private @Nullable EventPublisher publisher;
    private volatile @Nullable IngestServer server;

    IngestRole(Settings settings, MeterRegistry metrics) {
        this.settings = IngestSettings.of(settings);
        this.kafka = new KafkaProperties(settings);
        this.metrics = new IngestMetrics(metrics);
        this.keys = KeyDirectory.of(settings, System::nanoTime);
        this.gate = AccessGate.of(settings, keys, this.settings::limit, InstantSource.system(), System::nanoTime);
        this.door = new EndpointDoor(this.settings, kafka, this.metrics);
    }

    /**
     * Builds the role. Connects to nothing yet.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every setting that is wrong
     */
    public static Service create(Settings settings, MeterRegistry metrics) {
        return new IngestRole(settings, metrics);
    }

    @Override
    public String name() {
        return "ingest";
    }

    /** Returns when requests are taken; they are refused until the API keys have been read. */
    @Override
    public void start() {
        List<TopicSpec> topics = new ArrayList<>(settings.keys());
        topics.add(settings.events());
        topics.add(settings.subscriptions());
        try (Admin admin = Admin.create(kafka.admin())) {
            TopicCheck.require(admin, topics);
        }
        keys.start();
        door.start();
        EventPublisher created =
                new EventPublisher(producer(), settings.events().name(), settings.limits(), kafkaState, metrics);
        publisher = created;
        server =
                IngestServer.start(settings, gate, new EventIntake(settings.bodies(), door, created, metrics), metrics);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        int maxMessageBytes = Integer.parseInt(settings.events().config().getOrDefault("max.message.bytes", "1048588"));
        return new KafkaProducer<>(
                kafka.producer(EventPublisher.producerProperties(settings.limits(), maxMessageBytes)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The port that it listens on, once started. */
    int port() {
        IngestServer current = server;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current.port();
    }

    /** Not ready while the API keys are not known, or while Kafka takes no events, as the last one showed. */
    @Override
    public Health health() {
        if (server == null) {
            return Health.starting("not started");
        }
        Health kafkaHealth = kafkaState.health();
        return kafkaHealth.ready() ? keys.health() : kafkaHealth;
    }

    /** Takes no more requests and answers those under way. */
    @Override
    public void close() {
        IngestServer current = server;
        server = null;
        // The publisher last, even when a request did not end in time: its events may still be on their way.
        EventPublisher last = publisher;
        try (keys;
                door;
                last;
                current) {
            // Closed by leaving, in reverse.
        }
    }
}
