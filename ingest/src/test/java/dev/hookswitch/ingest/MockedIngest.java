package dev.hookswitch.ingest;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The HTTP side with everything behind it, but for Kafka. */
final class MockedIngest implements AutoCloseable {
    final MockProducer<byte[], byte[]> kafka;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestKeys.Made key;
    private final IngestServer server;

    /**
     * A server that listens.
     *
     * @param acknowledges whether Kafka does so by itself
     * @param key the one that it knows
     */
    MockedIngest(boolean acknowledges, TestKeys.Made key, Door door, Map<String, String> overrides) {
        this.key = key;
        kafka = new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
        IngestSettings settings = IngestSettings.of(Settings.of(overrides).with(Map.of("ingest.port", "0")));
        IngestMetrics metrics = new IngestMetrics(meters);
        AccessGate gate = TestKeys.gate(key);
        KafkaState state = new KafkaState(InstantSource.fixed(Instant.EPOCH));
        EventPublisher publisher = new EventPublisher(kafka, "events", settings.limits(), state, metrics);
        server = IngestServer.start(
                settings, gate, new EventIntake(settings.bodies(), door, publisher, metrics), metrics);
    }

    IngestClient client() {
        return new IngestClient(server.port(), key.key());
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** The head of a request whose body is still to come. */
    String head(int bodyBytes) {
        return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + key.key().reveal() + "\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
    }

    /** What was written, in order. */
    List<byte[]> written() {
        return kafka.history().stream().map(ProducerRecord::value).toList();
    }

    double gauge(String name) {
        return meters.get("hookswitch.ingest." + name).gauge().value();
    }

    @Override
    public void close() {
        while (kafka.completeNext()) {}
        server.close();
    }
}
