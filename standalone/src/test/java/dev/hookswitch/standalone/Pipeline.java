package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.NewKey;
import dev.hookswitch.console.access.NewTenant;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.NewEndpoint;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Every role against a broker that is somebody else's, with what a test needs to speak to it and to read its topics. */
final class Pipeline implements AutoCloseable {
    static final int TIME_SCALE = 200;

    private final Settings settings;
    private final TopicLayout topics;
    static final Asked BY = Asked.by(new Actor("operator:ann", null));
    private final EndpointAdmin endpoints;
    private final Producer<byte[], byte[]> producer;
    private final int ingestPort;
    private Roles roles;

    Pipeline(String bootstrapServers, Path folder) throws Exception {
        this(bootstrapServers, folder, "e2e.");
    }

    /** @param prefix of the topics; one of its own beside another pipeline on the same broker */
    Pipeline(String bootstrapServers, Path folder, String prefix) throws Exception {
        Path keyRing = folder.resolve("key-ring.json");
        KeyRing.readOrCreate(keyRing, new SecureRandom());
        ingestPort = freePort();
        settings = Settings.of(Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", bootstrapServers),
                Map.entry("topics.prefix", prefix),
                Map.entry("topics.partitions", "3"),
                Map.entry("topics.events.partitions", "3"),
                Map.entry("retry.time-scale", String.valueOf(TIME_SCALE)),
                Map.entry("egress.allow-cidrs", "127.0.0.0/8"),
                Map.entry("egress.allow-http", "true"),
                Map.entry("secrets.key-ring", keyRing.toString()),
                Map.entry("fanout.state-folder", folder.resolve("fanout").toString()),
                Map.entry(
                        "retry-scheduler.state-folder", folder.resolve("retry").toString()),
                Map.entry("dispatcher.instance", "e2e"),
                Map.entry("console.port", "0"),
                Map.entry("console.instance", "e2e"),
                Map.entry("console.state-folder", folder.resolve("console").toString()),
                Map.entry("ingest.port", Integer.toString(ingestPort))));
        topics = TopicLayout.of(settings);
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            TopicPlan.of(admin, topics.specs()).apply(admin);
        }
        endpoints = EndpointAdmin.open(settings, Clock.systemUTC(), new SecureRandom());
        producer = new KafkaProducer<>(
                new KafkaProperties(settings).producer(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
        roles = started();
    }

    private Roles started() throws Exception {
        Roles created = Roles.create(settings, new SimpleMeterRegistry());
        try {
            created.start();
            return created;
        } catch (Exception e) {
            created.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Where events are published over HTTP, after a restart, too. */
    URI ingest() {
        return URI.create("http://127.0.0.1:" + ingestPort + "/v1/events");
    }

    /** Makes the tenant and a key with which it publishes. */
    ApiKey producerKey(String tenant) {
        Actor test = new Actor("test", null);
        try (AccessAdmin admin = AccessAdmin.open(settings, Clock.systemUTC(), new SecureRandom())) {
            admin.createTenant(new NewTenant(tenant, "ringyo", Optional.empty(), true, TenantRow.Limits.NONE), test);
            return admin.createKey(new NewKey(tenant, "", Set.of(Scope.EVENTS_WRITE), Optional.empty()), test)
                    .key();
        }
    }

    /** Stops every role and starts new ones, as another process would. */
    void restart() throws Exception {
        roles.close();
        roles = started();
    }

    EndpointAdmin endpoints() {
        return endpoints;
    }

    CreatedEndpoint endpoint(String tenant, String profile, URI url) {
        return endpoint(tenant, profile, url, "*");
    }

    CreatedEndpoint endpoint(String tenant, String profile, URI url, String... events) {
        return endpoints.create(
                new NewEndpoint(
                        tenant, profile, "", url.toString(), Set.of(events), Optional.empty(), OptionalDouble.empty()),
                BY);
    }

    void send(String tenant, String value) {
        Future<?> unused =
                producer.send(new ProducerRecord<>(topics.events(), tenant.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /** Writes to that partition, as a client with a partitioner of its own would. */
    void send(int partition, String value) {
        Future<?> unused = producer.send(new ProducerRecord<>(topics.events(), partition, null, value.getBytes(UTF_8)));
    }

    List<OutcomeRow> outcomes(String tenant) {
        return read(topics.deliveryOutcomes()).stream()
                .map(record -> Wire.read(record.value(), OutcomeRow.class))
                .filter(row -> row.tenant().equals(tenant))
                .toList();
    }

    List<AttemptRow> attempts(String tenant) {
        return read(topics.deliveryAttempts()).stream()
                .map(record -> Wire.read(record.value(), AttemptRow.class))
                .filter(row -> row.tenant().equals(tenant) && row.kind() == AttemptRow.Kind.ATTEMPT)
                .toList();
    }

    /** Puts all of it at once. */
    RecoveryRow recover(EndpointId endpoint, RecoveryRow.Kind kind, Duration since) {
        Clock clock = Clock.systemUTC();
        Recoveries recoveries = Recoveries.open(settings, endpoints::get, clock, new SecureRandom());
        RecoveryRequest request =
                new RecoveryRequest(endpoint, kind, clock.instant().minus(since));
        try (RecoveryRun run = recoveries.begin(request, OptionalDouble.of(1_000))) {
            return run.run(row -> {}, () -> false);
        }
    }

    /** Events that tell of an endpoint, as JSON. */
    List<String> told() {
        return read(topics.events()).stream()
                .map(record -> new String(record.value(), UTF_8))
                .filter(json -> json.contains("\"about_endpoint\""))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return read(topics.deadLetters());
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (CompactedTopic reader = new CompactedTopic(new KafkaProperties(settings), List.of(topic))) {
            while (!reader.caughtUp()) {
                reader.poll(Duration.ofMillis(100), (record, value) -> records.add(record));
            }
        }
        return records;
    }

    @Override
    public void close() {
        roles.close();
        producer.close(Duration.ZERO);
        endpoints.close();
    }
}
