package dev.hookswitch.dispatcher;

import static dev.hookswitch.dispatcher.Deployment.LIMIT;
import static dev.hookswitch.dispatcher.Deployment.SECRET;
import static dev.hookswitch.dispatcher.Deployment.body;
import static dev.hookswitch.dispatcher.Deployment.delivery;
import static dev.hookswitch.dispatcher.Deployment.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.signing.SignatureScheme;
import dev.hookswitch.common.signing.Signer;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ReceivedRequest;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class DispatcherRoleTest {
    private static final List<String> PROFILES = List.of("ringyo", "ring-tonic", "standard");

    private final KafkaCluster kafka;
    private final Deployment deployment;
    private final Receiver receiver = new Receiver(request -> Reply.status(200));

    DispatcherRoleTest(KafkaCluster kafka, @TempDir Path folder) throws IOException {
        this.kafka = kafka;
        this.deployment = new Deployment(kafka, folder);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void deliversEachOnceSignedAsItsProfileSaysWithItsRows() {
        for (String profile : PROFILES) {
            deployment.subscribe(profile, profile, receiver.url("/" + profile).toString());
        }
        try (Service role = deployment.start()) {
            for (int i = 0; i < PROFILES.size(); i++) {
                deployment.deliver(List.of(PROFILES.get(i)), PROFILES.get(i), i * 20, i * 20 + 20);
            }
            List<OutcomeRow> outcomes = deployment.awaitOutcomesOfAll(60);
            List<AttemptRow> attempts = attempts();

            assertThat(outcomes).hasSize(60).allSatisfy(row -> {
                assertThat(row.outcome()).isEqualTo(OutcomeRow.Outcome.DELIVERED);
                assertThat(row.reason()).isEqualTo("success");
                assertThat(row.attempts()).isEqualTo(1);
                assertThat(row.lastHttpStatus()).isEqualTo(200);
            });
            assertThat(attempts).hasSize(60).allSatisfy(row -> {
                assertThat(row.result()).isEqualTo(AttemptResult.SUCCESS);
                assertThat(row.decision()).isEqualTo(AttemptRow.Decision.DELIVERED);
                assertThat(row.nextTier()).isNull();
                assertThat(row.instance()).isEqualTo("one");
            });
            assertThat(receiver.requests()).hasSize(60).allSatisfy(this::assertSigned);
            assertRowsPointAtTheirDeliveries(attempts);
            await().atMost(LIMIT)
                    .until(() -> deployment.committed().getOrDefault(deployment.topics.deliveries(), 0L) >= 60);
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** Without what was put off. */
    private List<AttemptRow> attempts() {
        return deployment.attempts().stream()
                .filter(row -> row.kind() == AttemptRow.Kind.ATTEMPT)
                .toList();
    }

    /** One in ten seconds: the first goes out, the others wait in tiers, ten seconds apart, and spend no attempt. */
    @Test
    void limitedEndpointsDeliveriesWaitForTheirTurns() {
        deployment.subscribeLimited("wh_1", receiver.url("/limited").toString(), 0.1);
        try (Service role = deployment.start()) {
            deployment.deliver(List.of("wh_1"), "ringyo", 0, 5);

            List<Delivery> waiting = new ArrayList<>();
            deployment.awaitTier("5s", 3).forEach(record -> waiting.add(DeliveryHeaders.read(record.headers())));
            deployment.awaitTier("30s", 1).forEach(record -> waiting.add(DeliveryHeaders.read(record.headers())));
            long before = requireNonNull(waiting.get(0).turn()).atMs() - 10_000;
            for (Delivery delivery : waiting) {
                Delivery.Turn turn = requireNonNull(delivery.turn());
                assertThat(turn.atMs() - before).isBetween(9_000L, 10_100L);
                assertThat(turn.paceNanos()).isEqualTo(10_000_000_000L);
                assertThat(List.of(delivery.attempt(), delivery.deferrals())).containsExactly(1, 1);
                before = turn.atMs();
            }
            assertThat(deployment.awaitAttempts(5))
                    .extracting(AttemptRow::kind)
                    .containsOnlyOnce(AttemptRow.Kind.ATTEMPT);
            assertThat(receiver.requests()).hasSize(1);
            assertThat(role.health().ready()).isTrue();
        }
    }

    private void assertRowsPointAtTheirDeliveries(List<AttemptRow> attempts) {
        for (ConsumerRecord<byte[], byte[]> record : kafka.readAll(deployment.topics.deliveries())) {
            Delivery delivery = DeliveryHeaders.read(record.headers());
            assertThat(attempts)
                    .filteredOn(row -> row.deliveryId().equals(delivery.id()))
                    .singleElement()
                    .satisfies(row -> assertThat(List.of((long) row.deliveriesPartition(), row.deliveriesOffset()))
                            .containsExactly((long) record.partition(), record.offset()));
        }
    }

    /** Signature and headers, recomputed from the bytes that arrived; and no header that nobody asked for. */
    private void assertSigned(ReceivedRequest request) {
        String profile = request.path().substring(1);
        SignatureScheme own = Profiles.builtIn().get(profile).profile().signature();
        String id = requireNonNull(request.header("webhook-id"));
        long timestamp = Long.parseLong(requireNonNull(request.header("webhook-timestamp")));
        Signer signer = new Signer();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("webhook-signature"))
                .isEqualTo(signer.header(
                        SignatureScheme.STANDARD_WEBHOOKS, List.of(SECRET), id, timestamp, request.body()));
        Set<String> expected = new TreeSet<>(Set.of(
                "host",
                "connection",
                "content-length",
                "content-type",
                "user-agent",
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature"));
        if (own != null) {
            String name = own.header().toLowerCase(Locale.ROOT);
            expected.add(name);
            assertThat(request.header(name))
                    .isEqualTo(signer.header(own, List.of(SECRET), id, timestamp, request.body()));
        }
        assertThat(request.headers().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("user-agent")).startsWith("Hookswitch/");
        assertThat(request.header("content-length")).isEqualTo(Integer.toString(request.body().length));
        assertThat(request.header("connection")).isEqualTo("keep-alive");
    }

    @Test
    void failuresWaitInTheirTierUntilTheyAreExhausted() {
        receiver.on("/500", request -> Reply.status(500))
                .on("/429", request -> Reply.status(429, Map.of("Retry-After", "20")))
                .on("/410", request -> Reply.status(410))
                .on(
                        "/302",
                        request -> Reply.status(
                                302, Map.of("Location", receiver.url("/moved").toString())));
        for (String path : List.of("500", "429", "302")) {
            deployment.subscribe(
                    "wh_" + path, "ringyo", receiver.url("/" + path).toString());
        }
        deployment.subscribe("wh_410", "standard", receiver.url("/410").toString());
        deployment.subscribe("wh_denied", "ringyo", "http://10.0.0.1/hook");
        deployment.subscribe("wh_refused", "ringyo", "http://user@127.0.0.1/hook");
        // Loopback is open, and the broker is there: on whatever address of this machine one looks for it.
        deployment.subscribe("wh_broker", "ringyo", "http://127.0.0.2:" + brokerPort() + "/hook");
        try (Service role = deployment.start()) {
            deployment.produce(List.of(
                    fresh("wh_500", "ringyo", 1, 1),
                    fresh("wh_500", "ringyo", 2, 3),
                    fresh("wh_500", "ringyo", 3, 6),
                    fresh("wh_429", "ringyo", 4, 1),
                    fresh("wh_410", "standard", 5, 1),
                    fresh("wh_denied", "ringyo", 6, 1),
                    fresh("wh_refused", "ringyo", 7, 1),
                    fresh("wh_302", "ringyo", 8, 1),
                    fresh("wh_broker", "ringyo", 9, 1)));

            assertThat(deployment.awaitAttempts(9)).hasSize(9);
            Map<String, List<ConsumerRecord<byte[], byte[]>>> tiers = Map.of(
                    "1s", kafka.readAll(deployment.tier("1s")),
                    "30s", kafka.readAll(deployment.tier("30s")),
                    "deliveries", kafka.readAll(deployment.topics.deliveries()));
            assertWaits(tiers, "1s", "evt_1", 2);
            assertWaits(tiers, "30s", "evt_2", 4);
            assertWaits(tiers, "30s", "evt_4", 2);
            assertWaits(tiers, "1s", "evt_6", 2);
            assertWaits(tiers, "1s", "evt_7", 2);
            assertWaits(tiers, "1s", "evt_8", 2);
            assertThat(deployment.awaitOutcomes(2))
                    .extracting(OutcomeRow::eventId, OutcomeRow::outcome, OutcomeRow::reason, OutcomeRow::attempts)
                    .containsExactlyInAnyOrder(
                            tuple("evt_3", OutcomeRow.Outcome.FAILED, "server_error", 6),
                            tuple("evt_5", OutcomeRow.Outcome.FAILED, "gone", 1));
            assertThat(deployment.awaitAttempts(9))
                    .extracting(row -> row.eventId() + " " + row.result() + " " + row.decision() + " " + row.nextTier())
                    .containsExactlyInAnyOrder(
                            "evt_1 SERVER_ERROR RETRY 1s",
                            "evt_2 SERVER_ERROR RETRY 30s",
                            "evt_3 SERVER_ERROR EXHAUSTED null",
                            "evt_4 RATE_LIMITED RETRY 30s",
                            "evt_5 GONE EXHAUSTED null",
                            "evt_6 EGRESS_DENIED RETRY 1s",
                            "evt_7 EGRESS_DENIED RETRY 1s",
                            "evt_8 REDIRECT RETRY 1s",
                            "evt_9 EGRESS_DENIED RETRY 1s");
            assertThat(receiver.requests("/moved")).isEmpty();
            assertThat(role.health().ready()).isTrue();
        }
    }

    private String brokerPort() {
        String server = kafka.bootstrapServers();
        return server.substring(server.lastIndexOf(':') + 1);
    }

    private ProducerRecord<byte[], byte[]> fresh(String webhookId, String profile, int number, int attempt) {
        return record(deployment.topics.deliveries(), delivery(webhookId, profile, number, attempt), body(number));
    }

    /** That the event's delivery is in the tier: same bytes and partition, next attempt, and where it began. */
    private static void assertWaits(
            Map<String, List<ConsumerRecord<byte[], byte[]>>> topics, String tier, String eventId, int attempt) {
        assertThat(topics.getOrDefault(tier, List.of()))
                .filteredOn(record ->
                        DeliveryHeaders.read(record.headers()).eventId().equals(eventId))
                .singleElement()
                .satisfies(record -> {
                    Delivery waiting = DeliveryHeaders.read(record.headers());
                    Delivery.Origin origin = requireNonNull(waiting.origin());
                    assertThat(waiting.attempt()).isEqualTo(attempt);
                    assertThat(waiting.deferrals()).isZero();
                    assertThat(record.partition()).isEqualTo(origin.partition());
                    assertThat(topics.getOrDefault("deliveries", List.of()))
                            .filteredOn(first ->
                                    first.partition() == origin.partition() && first.offset() == origin.offset())
                            .singleElement()
                            .satisfies(first -> {
                                assertThat(record.value()).isEqualTo(first.value());
                                assertThat(record.key()).isEqualTo(first.key());
                                assertThat(DeliveryHeaders.read(first.headers()).id())
                                        .isEqualTo(waiting.id());
                            });
                });
    }

    @Test
    void silentEndpointsGetNothing() {
        String url = receiver.url("/hook").toString();
        deployment.subscribe("wh_deleted", "ringyo", url);
        deployment.delete("wh_deleted");
        deployment.subscribe("wh_inactive", "ringyo", url, false, 1, SECRET);
        deployment.subscribe("wh_disabled", "ringyo", url);
        deployment.disable("wh_disabled", 1);
        deployment.subscribe("wh_enabled_again", "ringyo", url, true, 2, SECRET);
        deployment.disable("wh_enabled_again", 1);
        try (Service role = deployment.start()) {
            deployment.produce(List.of(
                    fresh("wh_deleted", "ringyo", 1, 1),
                    fresh("wh_inactive", "ringyo", 2, 2),
                    fresh("wh_disabled", "ringyo", 3, 3),
                    fresh("wh_enabled_again", "ringyo", 4, 1)));

            assertThat(deployment.awaitOutcomes(4))
                    .extracting(
                            row -> row.webhookId() + " " + row.outcome() + " " + row.reason() + " " + row.attempts())
                    .containsExactlyInAnyOrder(
                            "wh_deleted DISCARDED endpoint_deleted 0",
                            "wh_inactive DISCARDED endpoint_inactive 1",
                            "wh_disabled DISCARDED endpoint_disabled 2",
                            "wh_enabled_again DELIVERED success 1");
            assertThat(receiver.requests()).hasSize(1);
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** What waits in a tier is decided upon by how its endpoint is when it comes back, and by nothing in between. */
    @Test
    void endpointIsLookedAtAgainWhenItsRetryComesOutOfTheTier() {
        AtomicBoolean broken = new AtomicBoolean(true);
        receiver.on("/hook", request -> Reply.status(broken.get() ? 500 : 200));
        String url = receiver.url("/hook").toString();
        List<String> endpoints = List.of("wh_stays", "wh_disabled", "wh_deleted", "wh_inactive", "wh_again");
        endpoints.forEach(id -> deployment.subscribe(id, "ringyo", url));
        try (Service role = deployment.start()) {
            deployment.deliver(endpoints, "ringyo", 0, 5);
            List<ConsumerRecord<byte[], byte[]>> waiting = deployment.awaitTier("1s", 5);
            broken.set(false);

            deployment.disable("wh_disabled", 1);
            deployment.delete("wh_deleted");
            deployment.subscribe("wh_inactive", "ringyo", url, false, 1, SECRET);
            deployment.disable("wh_again", 1);
            for (String id : List.of("wh_disabled", "wh_deleted", "wh_inactive", "wh_again")) {
                awaitKnown(id, OutcomeRow.Outcome.DISCARDED);
            }
            deployment.subscribe("wh_again", "ringyo", url, true, 2, SECRET);
            awaitKnown("wh_again", OutcomeRow.Outcome.DELIVERED);
            waiting.forEach(deployment::release);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deployment.outcomes())
                            .filteredOn(row -> row.eventId().length() == "evt_0".length())
                            .extracting(row ->
                                    row.webhookId() + " " + row.outcome() + " " + row.reason() + " " + row.attempts())
                            .containsExactlyInAnyOrder(
                                    "wh_stays DELIVERED success 2",
                                    "wh_disabled DISCARDED endpoint_disabled 1",
                                    "wh_deleted DISCARDED endpoint_deleted 1",
                                    "wh_inactive DISCARDED endpoint_inactive 1",
                                    "wh_again DELIVERED success 2"));
            assertThat(deployment.attempts())
                    .filteredOn(row -> row.eventId().equals("evt_4"))
                    .extracting(AttemptRow::attempt, AttemptRow::activation)
                    .as("the retry was made under the newer activation")
                    .containsExactly(tuple(1, 1L), tuple(2, 2L));
            assertThat(role.health().ready()).isTrue();
        }
    }

    @Test
    void endpointThatIsNotKnownYetIsAskedForAgainBeforeItCountsAsDeleted() {
        try (Service role = deployment.start()) {
            deployment.produce(List.of(fresh("wh_new", "ringyo", 1, 1), fresh("wh_never", "ringyo", 2, 1)));
            List<ConsumerRecord<byte[], byte[]>> waiting = deployment.awaitTier("1s", 2);
            assertThat(waiting).allSatisfy(record -> {
                Delivery delivery = DeliveryHeaders.read(record.headers());
                assertThat(delivery.deferrals()).isEqualTo(1);
                assertThat(delivery.attempt()).isEqualTo(1);
            });
            assertThat(deployment.awaitAttempts(2))
                    .allSatisfy(row -> assertThat(row.kind()).isEqualTo(AttemptRow.Kind.DEFERRAL));

            deployment.subscribe("wh_new", "ringyo", receiver.url("/hook").toString());
            deployment.subscribe("wh_seen", "ringyo", receiver.url("/seen").toString());
            // Written after it in the same directory topic, and so known after it at the latest when this one is.
            awaitKnown("wh_seen");
            awaitKnown("wh_new");
            waiting.forEach(deployment::release);
            deployment.awaitTier("5s", 1).forEach(deployment::release);
            deployment.awaitTier("30s", 1).forEach(deployment::release);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deployment.outcomes())
                            .extracting(row -> row.eventId() + " " + row.outcome() + " " + row.reason())
                            .contains("evt_1 DELIVERED success", "evt_2 DISCARDED endpoint_deleted"));
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** Sends to the endpoint until one arrives. */
    private void awaitKnown(String webhookId) {
        awaitKnown(webhookId, OutcomeRow.Outcome.DELIVERED);
    }

    /** Sends to the endpoint until one ends like this. */
    private void awaitKnown(String webhookId, OutcomeRow.Outcome outcome) {
        int[] number = {1_000};
        await().atMost(LIMIT).untilAsserted(() -> {
            deployment.produce(fresh(webhookId, "ringyo", number[0]++, 1));
            assertThat(deployment.outcomes())
                    .anySatisfy(
                            row -> assertThat(row.webhookId() + row.outcome()).isEqualTo(webhookId + outcome));
        });
    }

    @Test
    void rotatedSecretSignsTheNextAttempt() {
        Secret next = Secret.of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        String url = receiver.url("/ringyo").toString();
        deployment.subscribe("ringyo", "ringyo", url);
        try (Service role = deployment.start()) {
            deployment.deliver(List.of("ringyo"), "ringyo", 0, 1);
            receiver.awaitRequests(1, LIMIT);
            assertThat(signedWith(receiver.requests().get(0), SECRET)).isTrue();

            deployment.subscribe("ringyo", "ringyo", url, true, 1, next);
            int[] number = {1};
            await().atMost(LIMIT).until(() -> {
                deployment.deliver(List.of("ringyo"), "ringyo", number[0], ++number[0]);
                List<ReceivedRequest> requests = receiver.awaitRequests(number[0], LIMIT);
                return signedWith(requests.get(requests.size() - 1), next);
            });
            assertThat(receiver.requests()).allMatch(r -> signedWith(r, SECRET) || signedWith(r, next));
            assertThat(role.health().ready()).isTrue();
        }
    }

    private static boolean signedWith(ReceivedRequest request, Secret secret) {
        return new Signer()
                .header(
                        SignatureScheme.STANDARD_WEBHOOKS,
                        List.of(secret),
                        requireNonNull(request.header("webhook-id")),
                        Long.parseLong(requireNonNull(request.header("webhook-timestamp"))),
                        request.body())
                .equals(request.header("webhook-signature"));
    }

    @Test
    void recordsThatAreNoDeliveriesBecomeDeadLettersAndThePartitionMovesOn() {
        deployment.subscribe("wh_1", "ringyo", receiver.url("/hook").toString());
        String topic = deployment.topics.deliveries();
        Map<String, String> broken = Map.of("hs-delivery", "id=msg_1 attempt=minus-one");
        for (int partition = 0; partition < Deployment.PARTITIONS; partition++) {
            kafka.send(topic, partition, "k".getBytes(UTF_8), "no headers".getBytes(UTF_8), Map.of());
            kafka.send(topic, partition, null, "broken headers".getBytes(UTF_8), broken);
        }
        ProducerRecord<byte[], byte[]> whole = fresh("wh_1", "ringyo", 1, 1);
        byte[] tooLarge = new byte[2 * 1024 * 1024 - 10_000];
        Headers bulky =
                new RecordHeaders().add("hs-delivery", "x".repeat(1_700_000).getBytes(UTF_8));
        deployment.produce(List.of(
                new ProducerRecord<>(topic, null, whole.key(), null, whole.headers()),
                new ProducerRecord<>(topic, null, whole.key(), new byte[0], whole.headers()),
                new ProducerRecord<>(topic, null, whole.key(), tooLarge, whole.headers()),
                new ProducerRecord<>(topic, null, whole.key(), new byte[0], bulky),
                whole));
        try (Service role = deployment.start()) {
            assertThat(kafka.awaitRecords(deployment.topics.deadLetters(), 9, LIMIT))
                    .hasSize(9)
                    .allSatisfy(letter -> assertThat(
                                    letter.headers().lastHeader("hs-reason").value())
                            .isEqualTo("invalid_delivery".getBytes(UTF_8)))
                    .anySatisfy(letter -> assertThat(letter.value()).isEqualTo("no headers".getBytes(UTF_8)))
                    .filteredOn(letter -> letter.headers().lastHeader("hs-omitted-bytes") != null)
                    .as("too large to be kept: the body and the headers")
                    .hasSize(2);
            assertThat(deployment.awaitOutcomes(2)).hasSize(2);
            await().atMost(LIMIT).until(() -> deployment.committed().getOrDefault(topic, 0L) >= 11);
            assertThat(role.health().ready()).isTrue();
        }
    }

    @Test
    void dueDeliveriesAreServedBesideFreshOnes() {
        deployment.subscribe("wh_1", "ringyo", receiver.url("/hook").toString());
        Delivery due = delivery("wh_1", "ringyo", 5_000, 1).nextAttempt(new Delivery.Origin(2, 77));
        try (Service role = deployment.start()) {
            deployment.deliver(List.of("wh_1"), "ringyo", 0, 200);
            deployment.produce(record(deployment.topics.deliveriesDue(), due, body(5_000)));

            assertThat(deployment.awaitOutcomesOfAll(201)).hasSize(201);
            assertThat(attempts())
                    .filteredOn(row -> row.eventId().equals("evt_5000"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.attempt()).isEqualTo(2);
                        assertThat(row.deliveriesPartition()).isEqualTo(2);
                        assertThat(row.deliveriesOffset()).isEqualTo(77);
                    });
            assertThat(role.health().ready()).isTrue();
        }
    }
}
