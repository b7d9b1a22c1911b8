package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.NewEndpoint;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** An endpoint with a past, and the hands of fan-out and dispatcher to write it. */
final class Scene implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");
    static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));
    private static final String TYPE = "call.completed";

    final ManualClock clock = new ManualClock(NOW);
    final Deployment deployment;
    final TopicLayout topics;
    static final Asked BY = Asked.by(new Actor("operator:ann", null));
    final EndpointAdmin admin;
    final EndpointId endpoint;
    private final KafkaCluster kafka;
    private final Producer<byte[], byte[]> producer;

    Scene(KafkaCluster kafka, Path folder) {
        this(kafka, folder, OptionalDouble.empty());
    }

    Scene(KafkaCluster kafka, Path folder, OptionalDouble maxPerSecond) {
        this.kafka = kafka;
        this.deployment = Deployment.ready(kafka, folder);
        this.topics = deployment.topics();
        this.admin = EndpointAdmin.open(deployment.settings(), clock, new SecureRandom());
        this.producer = kafka.producer(Map.of());
        this.endpoint = newEndpoint(maxPerSecond);
    }

    EndpointId newEndpoint(OptionalDouble maxPerSecond) {
        return newEndpoint(maxPerSecond, "*");
    }

    EndpointId newEndpoint(OptionalDouble maxPerSecond, String... events) {
        return admin.create(
                        new NewEndpoint(
                                "acme",
                                "standard",
                                "",
                                "https://hooks.example.com/",
                                Set.of(events),
                                Optional.empty(),
                                maxPerSecond),
                        BY)
                .subscription()
                .id();
    }

    Recoveries recoveries() {
        return Recoveries.open(deployment.settings(), admin::get, clock, new SecureRandom());
    }

    ManualRetries retries() {
        return ManualRetries.of(deployment.settings(), admin::get, new SecureRandom());
    }

    RecoveryRequest undelivered() {
        return new RecoveryRequest(endpoint, RecoveryRow.Kind.UNDELIVERED, HOUR_AGO);
    }

    RecoveryRequest missed() {
        return missed(endpoint);
    }

    RecoveryRequest missed(EndpointId of) {
        return new RecoveryRequest(of, RecoveryRow.Kind.MISSED, HOUR_AGO);
    }

    /** Puts all of it, faster than anyone looks. */
    RecoveryRow recover(RecoveryRequest request) {
        try (RecoveryRun run = recoveries().begin(request, OptionalDouble.of(10_000))) {
            return run.run(row -> {}, () -> false);
        }
    }

    // ---- what the fan-out does

    static byte[] eventJson(String tenant, String eventId) {
        return ("{\"id\":\"" + eventId + "\",\"type\":\"" + TYPE + "\",\"tenant\":\"" + tenant + "\",\"occurred_at\":\""
                        + NOW + "\",\"data\":{\"call\":\"" + eventId + "\"}}")
                .getBytes(UTF_8);
    }

    RecordMetadata event(String tenant, String eventId) {
        return event(Math.floorMod(eventId.hashCode(), 2), eventJson(tenant, eventId));
    }

    RecordMetadata event(int partition, byte[] json) {
        return send(new ProducerRecord<>(topics.events(), partition, NOW.toEpochMilli(), null, json));
    }

    static byte[] body(String eventId) {
        return ("{\"call\":\"" + eventId + "\"}").getBytes(UTF_8);
    }

    /** A delivery in {@code deliveries}, and where it stands there. */
    Delivery delivery(EndpointId to, String eventId) {
        return deliveryBy(producer, to, eventId);
    }

    Delivery deliveryBy(Producer<byte[], byte[]> fanout, EndpointId to, String eventId) {
        Delivery fresh = fresh(to, eventId, 0, 0);
        RecordMetadata at = send(
                fanout,
                new ProducerRecord<>(
                        topics.deliveries(),
                        partition(to),
                        NOW.toEpochMilli(),
                        to.webhookId().getBytes(UTF_8),
                        body(eventId),
                        DeliveryHeaders.write(fresh)));
        return fresh.deferred(new Delivery.Origin(at.partition(), at.offset()));
    }

    private static Delivery fresh(EndpointId to, String eventId, int eventsPartition, long eventsOffset) {
        return new Delivery(
                DeliveryId.of(to, eventId, NOW),
                to,
                eventId,
                TYPE,
                "standard",
                NOW.toEpochMilli(),
                eventsPartition,
                eventsOffset,
                1,
                1,
                0,
                null,
                null,
                false,
                null);
    }

    String id(EndpointId to, String eventId) {
        return DeliveryId.of(to, eventId, NOW);
    }

    int partition(EndpointId of) {
        return Partitions.of(of.webhookId(), topics);
    }

    /** The fan-out has moved an event to its tenant's partition. */
    void moved(String tenant, String eventId) {
        send(new ProducerRecord<>(topics.eventsMoved(), tenant.getBytes(UTF_8), eventJson(tenant, eventId)));
    }

    /** The fan-out is done with all events. */
    void fannedOut() {
        fannedOut(topics.events());
    }

    /** And with all that it moved. */
    void movedFannedOut() {
        fannedOut(topics.eventsMoved());
    }

    private void fannedOut(String topic) {
        try (Consumer<byte[], byte[]> consumer = kafka.consumer(Map.of("group.id", topics.fanoutGroup()))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(end))));
        }
    }

    /** Kafka deletes what is before that place in {@code deliveries}. */
    void deleteDeliveriesBefore(Delivery.Origin at) {
        TopicPartition partition = new TopicPartition(topics.deliveries(), at.partition());
        try {
            kafka.admin()
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(at.offset())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- what the dispatcher does

    OutcomeRow outcome(Delivery delivery, Outcome outcome, Instant endedAt) {
        OutcomeRow row = Rows.outcome(delivery, outcome, 6, endedAt);
        sendOutcome(row);
        return row;
    }

    OutcomeRow failed(String eventId) {
        return outcome(delivery(endpoint, eventId), Outcome.FAILED, NOW);
    }

    /** The delivery ended without a POST, because the endpoint gets none. */
    void discarded(Delivery delivery) {
        sendOutcome(Rows.outcome(delivery, Outcome.DISCARDED, 0, NOW));
    }

    /** The endpoint did not get the event, which stands there. */
    OutcomeRow skipped(EndpointId to, String eventId, RecordMetadata event) {
        OutcomeRow row = Rows.outcome(fresh(to, eventId, event.partition(), event.offset()), Outcome.SKIPPED, 0, NOW);
        sendOutcome(row);
        return row;
    }

    private void sendOutcome(OutcomeRow row) {
        EndpointId to = new EndpointId(row.tenant(), row.webhookId());
        send(new ProducerRecord<>(
                topics.deliveryOutcomes(),
                partition(to),
                row.endedAtMs(),
                row.webhookId().getBytes(UTF_8),
                Wire.write(row)));
    }

    /** A first POST of the delivery was answered. */
    void attempted(Delivery delivery) {
        send(new ProducerRecord<>(
                topics.deliveryAttempts(),
                partition(delivery.endpoint()),
                delivery.endpoint().webhookId().getBytes(UTF_8),
                Wire.write(Rows.firstPost(delivery))));
    }

    // ---- what came of it

    /** Everything that was put once more and committed, in both topics. */
    List<ConsumerRecord<byte[], byte[]>> put() {
        return Stream.of(topics.deliveriesDue(), topics.deliveries())
                .flatMap(topic -> kafka.readAll(topic).stream())
                .filter(record -> read(record).recoveryId() != null)
                .toList();
    }

    List<String> putIds() {
        return put().stream().map(record -> read(record).id()).toList();
    }

    /** Where the delivery of an outcome stands. */
    static Delivery.Origin origin(OutcomeRow row) {
        return new Delivery.Origin(
                Objects.requireNonNull(row.deliveriesPartition()), Objects.requireNonNull(row.deliveriesOffset()));
    }

    static Delivery read(ConsumerRecord<byte[], byte[]> record) {
        return DeliveryHeaders.read(record.headers());
    }

    /** What is put from now on is attempted at once. */
    Answering answering() {
        return new Answering(this, kafka.consumer(Map.of()));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        return send(producer, record);
    }

    private static RecordMetadata send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close();
    }
}
