package dev.hookswitch.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.testkit.KafkaCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Topics, key ring and dispatchers of one test, with the other roles' part played by hand. */
final class Deployment {
    static final Duration LIMIT = Duration.ofSeconds(60);
    static final int PARTITIONS = 3;
    static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    final KafkaCluster kafka;
    final TopicLayout topics;
    private final Settings settings;
    private final SecretSealer sealer;

    Deployment(KafkaCluster kafka, Path folder) throws IOException {
        this.kafka = kafka;
        Path keyRing = folder.resolve("key-ring.json");
        SecureRandom random = new SecureRandom();
        sealer = new SecretSealer(KeyRing.readOrCreate(keyRing, random), random);
        settings = Settings.of(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                kafka.uniquePrefix(),
                "topics.partitions",
                Integer.toString(PARTITIONS),
                "topics.events.partitions",
                "2",
                "secrets.key-ring",
                keyRing.toString(),
                "egress.allow-cidrs",
                "127.0.0.0/8",
                "egress.allow-http",
                "true",
                "dispatcher.instance",
                "one"));
        topics = TopicLayout.of(settings);
        TestTopics.create(kafka, topics.specs());
    }

    Settings settings() {
        return settings;
    }

    /** Starts a dispatcher and waits until it is ready. */
    Service start(Map<String, String> overrides) {
        try {
            Service role = DispatcherRole.create(settings.with(overrides), new SimpleMeterRegistry());
            role.start();
            await().atMost(LIMIT).until(() -> role.health().ready());
            return role;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Service start() {
        return start(Map.of());
    }

    static EndpointId endpoint(String webhookId) {
        return new EndpointId("acme", webhookId);
    }

    void subscribe(String webhookId, String profile, String url) {
        subscribe(webhookId, profile, url, true, 1, SECRET);
    }

    void subscribe(String webhookId, String profile, String url, boolean active, long activation, Secret secret) {
        SealedSecret sealed = sealer.seal(endpoint(webhookId), 1, secret);
        Subscription subscription = new Subscription(
                "acme", webhookId, profile, "", url, Set.of("*"), null, active, activation, 1, List.of(sealed), 0, 0);
        kafka.send(topics.subscriptions(), endpoint(webhookId).topicKey(), new String(Wire.write(subscription), UTF_8));
    }

    /** An endpoint of the profile {@code ringyo} that takes so many a second. */
    void subscribeLimited(String webhookId, String url, double maxPerSecond) {
        SealedSecret sealed = sealer.seal(endpoint(webhookId), 1, SECRET);
        Subscription subscription = new Subscription(
                "acme", webhookId, "ringyo", "", url, Set.of("*"), maxPerSecond, true, 1, 1, List.of(sealed), 0, 0);
        kafka.send(topics.subscriptions(), endpoint(webhookId).topicKey(), new String(Wire.write(subscription), UTF_8));
    }

    void delete(String webhookId) {
        byte[] key = endpoint(webhookId).topicKey().getBytes(UTF_8);
        kafka.send(topics.subscriptions(), key, null, Map.of());
    }

    void disable(String webhookId, long activation) {
        EndpointStatus status = new EndpointStatus(
                "acme", webhookId, activation, EndpointStatus.State.DISABLED, 10, "too_many_failures", 0);
        kafka.send(topics.endpointStatus(), endpoint(webhookId).topicKey(), new String(Wire.write(status), UTF_8));
    }

    static Delivery delivery(String webhookId, String profile, int number, int attempt) {
        String eventId = "evt_" + number;
        return new Delivery(
                DeliveryId.of(endpoint(webhookId), eventId, Instant.ofEpochMilli(1_700_000_000_000L + number)),
                endpoint(webhookId),
                eventId,
                "call.failed",
                profile,
                1_700_000_000_000L + number,
                1,
                number,
                1,
                attempt,
                0,
                null,
                null,
                false,
                null);
    }

    static byte[] body(int number) {
        return ("{\"event\":\"call.failed\",\"n\":" + number + "}").getBytes(UTF_8);
    }

    static ProducerRecord<byte[], byte[]> record(String topic, Delivery delivery, byte[] body) {
        byte[] key = delivery.endpoint().webhookId().getBytes(UTF_8);
        return new ProducerRecord<>(topic, null, key, body, DeliveryHeaders.write(delivery));
    }

    void produce(ProducerRecord<byte[], byte[]> record) {
        produce(List.of(record));
    }

    void produce(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("max.request.size", 4_000_000))) {
            records.forEach(record -> sent.add(producer.send(record)));
        }
        assertThat(sent).allSatisfy(result -> assertThat(result).succeedsWithin(LIMIT));
    }

    /** One delivery for each number, to the endpoints in turn. */
    void deliver(List<String> webhookIds, String profile, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String webhookId = webhookIds.get(i % webhookIds.size());
            records.add(record(topics.deliveries(), delivery(webhookId, profile, i, 1), body(i)));
        }
        produce(records);
    }

    List<AttemptRow> awaitAttempts(int count) {
        return kafka.awaitRecords(topics.deliveryAttempts(), count, LIMIT).stream()
                .map(record -> Wire.read(record.value(), AttemptRow.class))
                .toList();
    }

    List<AttemptRow> attempts() {
        return kafka.readAll(topics.deliveryAttempts()).stream()
                .map(record -> Wire.read(record.value(), AttemptRow.class))
                .toList();
    }

    List<OutcomeRow> awaitOutcomes(int count) {
        return kafka.awaitRecords(topics.deliveryOutcomes(), count, LIMIT).stream()
                .map(record -> Wire.read(record.value(), OutcomeRow.class))
                .toList();
    }

    /**
     * The outcomes of so many. What the dispatcher puts off, because on a slow machine it waited too long in the queue of
     * its endpoint, is released at once.
     */
    List<OutcomeRow> awaitOutcomesOfAll(int count) {
        Set<String> released = new HashSet<>();
        await().atMost(LIMIT).until(() -> {
            boolean all = outcomes().size() >= count;
            if (!all) {
                releaseWhatWaits(released);
            }
            return all;
        });
        return outcomes();
    }

    private void releaseWhatWaits(Set<String> released) {
        topics.tiers().stream()
                .flatMap(tier -> kafka.readAll(tier.topic()).stream())
                .filter(record -> released.add(record.topic() + " " + record.partition() + " " + record.offset()))
                .forEach(this::release);
    }

    List<OutcomeRow> outcomes() {
        return kafka.readAll(topics.deliveryOutcomes()).stream()
                .map(record -> Wire.read(record.value(), OutcomeRow.class))
                .toList();
    }

    /** What waits in the tier of this name. */
    List<ConsumerRecord<byte[], byte[]>> awaitTier(String name, int count) {
        return kafka.awaitRecords(tier(name), count, LIMIT);
    }

    String tier(String name) {
        return topics.tiers().stream()
                .filter(tier -> tier.name().equals(name))
                .findFirst()
                .orElseThrow()
                .topic();
    }

    /** Releases a record from a tier, as the retry-scheduler does. */
    void release(ConsumerRecord<byte[], byte[]> waiting) {
        produce(new ProducerRecord<>(
                topics.deliveriesDue(), waiting.partition(), waiting.key(), waiting.value(), waiting.headers()));
    }

    /** How many records of each topic no dispatcher has to read again. */
    Map<String, Long> committed() {
        Map<String, Long> sums = new HashMap<>();
        try {
            kafka.admin()
                    .listConsumerGroupOffsets(topics.prefix() + "dispatcher")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, at) -> sums.merge(partition.topic(), at.offset(), Long::sum));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return sums;
    }
}
