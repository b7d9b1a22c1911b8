package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.testkit.ReceivedRequest;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From an event in Kafka to the receivers and the outcome topics, over whatever broker a subclass brings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndScenarios {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RINGYO = "ringyo";
    private static final String RING_TONIC = "ring-tonic";

    private final Receiver receiver = new Receiver(request -> Reply.status(200));
    private final Set<String> tenants = new HashSet<>();
    private @Nullable Pipeline running;

    void begin(String bootstrapServers, Path folder) throws Exception {
        running = new Pipeline(bootstrapServers, folder);
    }

    private Pipeline pipeline() {
        return Objects.requireNonNull(running, "started before all tests");
    }

    @AfterAll
    void end() {
        try (receiver) {
            if (running != null) {
                running.close();
            }
        }
    }

    /** An endpoint of a new tenant; returns when its first event would get through. */
    private CreatedEndpoint endpoint(String tenant, String profile) {
        assertThat(tenants.add(tenant)).isTrue();
        return pipeline().endpoint(tenant, profile, receiver.url("/" + tenant));
    }

    private List<ReceivedRequest> requests(String tenant) {
        return receiver.requests("/" + tenant);
    }

    /** Sends until the fan-out is seen to know the endpoint, and returns how many events that took. */
    private int warmUp(String tenant, String profile, String type) {
        int[] sent = {0};
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!pipeline().outcomes(tenant).isEmpty() || !requests(tenant).isEmpty()) {
                return true;
            }
            pipeline().send(tenant, Events.event(profile, "warm_" + ++sent[0], type, tenant));
            return false;
        });
        return sent[0];
    }

    private Map<String, OutcomeRow> awaitOutcomes(String tenant, Set<String> eventIds) {
        Map<String, OutcomeRow> byEvent = new HashMap<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            byEvent.clear();
            for (OutcomeRow row : pipeline().outcomes(tenant)) {
                if (eventIds.contains(row.eventId())) {
                    assertThat(byEvent.put(row.eventId(), row))
                            .as("a second outcome")
                            .isNull();
                }
            }
            assertThat(byEvent.keySet()).isEqualTo(eventIds);
        });
        return byEvent;
    }

    private Set<String> send(String tenant, String profile, String type, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    pipeline().send(tenant, Events.event(profile, prefix + i, type, tenant));
                    return prefix + i;
                })
                .collect(Collectors.toSet());
    }

    @Test
    void everyDocumentedEventArrivesByteForByteAndVerifies() {
        CreatedEndpoint ringyo = endpoint("pages-ringyo", RINGYO);
        CreatedEndpoint ringTonic = endpoint("pages-ring-tonic", RING_TONIC);
        warmUp("pages-ringyo", RINGYO, "agent.created");
        warmUp("pages-ring-tonic", RING_TONIC, "call.started");
        Set<String> ids = new HashSet<>();
        for (String type : Events.types(RINGYO)) {
            pipeline().send("pages-ringyo", Events.event(RINGYO, "page." + type, type, "pages-ringyo"));
            ids.add("page." + type);
        }
        Map<String, OutcomeRow> outcomes = awaitOutcomes("pages-ringyo", ids);
        String webhookId = ringyo.subscription().webhookId();
        for (String type : Events.types(RINGYO)) {
            ReceivedRequest request = only("pages-ringyo", Objects.requireNonNull(outcomes.get("page." + type)));
            assertThat(request.bodyText()).isEqualTo(Events.ringyoBody(type, webhookId));
            assertThat(VendorSamples.ringyo(request, ringyo.secret().reveal()))
                    .as(type)
                    .isTrue();
        }
        ids.clear();
        for (String type : Events.types(RING_TONIC)) {
            pipeline().send("pages-ring-tonic", Events.event(RING_TONIC, "page." + type, type, "pages-ring-tonic"));
            ids.add("page." + type);
        }
        outcomes = awaitOutcomes("pages-ring-tonic", ids);
        for (String type : Events.types(RING_TONIC)) {
            ReceivedRequest request = only("pages-ring-tonic", Objects.requireNonNull(outcomes.get("page." + type)));
            assertThat(request.bodyText()).isEqualTo(Events.ringTonicBody(type));
            assertThat(VendorSamples.ringTonic(request, ringTonic.secret().reveal()))
                    .as(type)
                    .isTrue();
        }
        assertThat(Events.types(RINGYO).size() + Events.types(RING_TONIC).size())
                .isEqualTo(23);
    }

    private ReceivedRequest only(String tenant, OutcomeRow outcome) {
        assertThat(outcome.outcome()).isEqualTo(Outcome.DELIVERED);
        List<ReceivedRequest> of = requests(tenant).stream()
                .filter(request -> outcome.deliveryId().equals(request.header("webhook-id")))
                .toList();
        assertThat(of).hasSize(1);
        return of.get(0);
    }

    @Test
    void aRetryRepeatsIdAndBodyAndIsSignedAfresh() {
        String tenant = "second-time-lucky";
        CreatedEndpoint endpoint = endpoint(tenant, RINGYO);
        warmUp(tenant, RINGYO, "agent.created");
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        receiver.on(
                "/" + tenant,
                request -> Reply.status(failedOnce.add(String.valueOf(request.header("webhook-id"))) ? 500 : 200));
        Set<String> ids = send(tenant, RINGYO, "call.completed", "lucky_", 5);
        for (OutcomeRow row : awaitOutcomes(tenant, ids).values()) {
            assertThat(row.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(row.attempts()).isEqualTo(2);
            List<ReceivedRequest> posts = requests(tenant).stream()
                    .filter(request -> row.deliveryId().equals(request.header("webhook-id")))
                    .toList();
            assertThat(posts).hasSize(2);
            assertThat(posts.get(1).body()).isEqualTo(posts.get(0).body());
            assertThat(posts)
                    .allMatch(
                            post -> VendorSamples.ringyo(post, endpoint.secret().reveal()));
        }
    }

    @Test
    void aDeliveryIsGivenUpAfterSixAttemptsOfRingyoAndFourOfRingTonic() {
        for (String profile : List.of(RINGYO, RING_TONIC)) {
            String tenant = "hopeless-" + profile;
            CreatedEndpoint unused = endpoint(tenant, profile);
            int warm = warmUp(tenant, profile, "call.completed");
            receiver.on("/" + tenant, request -> Reply.status(500));
            Set<String> id = send(tenant, profile, "call.completed", "hopeless_", 1);
            OutcomeRow row = awaitOutcomes(tenant, id).values().iterator().next();
            int attempts = profile.equals(RINGYO) ? 6 : 4;
            assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(row.attempts()).isEqualTo(attempts);
            assertThat(requests(tenant).stream()
                            .filter(request -> row.deliveryId().equals(request.header("webhook-id"))))
                    .hasSize(attempts);
            // Readers of this topic may see the last transaction later than those of the outcomes do.
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pipeline().attempts(tenant).stream()
                                    .filter(attempt -> attempt.deliveryId().equals(row.deliveryId()))
                                    .map(attempt -> attempt.attempt()))
                            .as("after %s events to warm up", warm)
                            .containsExactlyElementsOf(
                                    IntStream.rangeClosed(1, attempts).boxed().toList()));
        }
    }

    @Test
    void anEndpointThatKeepsFailingIsDisabledSilentAndCanComeBack() {
        String tenant = "breaks-down";
        CreatedEndpoint endpoint = endpoint(tenant, RINGYO);
        warmUp(tenant, RINGYO, "agent.created");
        AtomicBoolean broken = new AtomicBoolean(true);
        receiver.on("/" + tenant, request -> Reply.status(broken.get() ? 500 : 200));
        Set<String> first = send(tenant, RINGYO, "call.failed", "first_", 12);
        await().atMost(LIMIT)
                .until(() -> pipeline()
                                .endpoints()
                                .get(endpoint.subscription().id())
                                .orElseThrow()
                                .state()
                        == EndpointView.State.DISABLED);
        assertThat(awaitOutcomes(tenant, first).values())
                .extracting(OutcomeRow::outcome)
                .isSubsetOf(Outcome.DISCARDED, Outcome.FAILED);
        int posts = requests(tenant).size();
        Set<String> missed = send(tenant, RINGYO, "call.failed", "missed_", 5);
        assertThat(awaitOutcomes(tenant, missed).values())
                .extracting(OutcomeRow::outcome)
                .isSubsetOf(Outcome.SKIPPED, Outcome.DISCARDED);
        assertThat(requests(tenant)).hasSize(posts);

        broken.set(false);
        EndpointView unused =
                pipeline().endpoints().enable(endpoint.subscription().id(), Pipeline.BY);
        int[] probes = {0};
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            pipeline().send(tenant, Events.event(RINGYO, "probe_" + ++probes[0], "call.failed", tenant));
            return requests(tenant).size() > posts;
        });
        Set<String> later = send(tenant, RINGYO, "call.failed", "later_", 10);
        assertThat(awaitOutcomes(tenant, later).values())
                .allMatch(row -> row.outcome() == Outcome.DELIVERED && row.attempts() == 1);
    }

    @Test
    void anEndpointThatAsksForItIsToldOfAnotherThatIsDisabled() {
        String tenant = "breaks-down-watched";
        CreatedEndpoint watcher = pipeline()
                .endpoint(tenant, RING_TONIC, receiver.url("/watcher"), "endpoint.failing", "endpoint.disabled");
        CreatedEndpoint endpoint = endpoint(tenant, RINGYO);
        warmUp(tenant, RINGYO, "agent.created");
        receiver.on("/" + tenant, request -> Reply.status(500));
        Set<String> unused = send(tenant, RINGYO, "call.failed", "failed_", 12);

        await().atMost(LIMIT).until(() -> receiver.requests("/watcher").size() >= 4);
        List<ReceivedRequest> told = receiver.requests("/watcher");
        assertThat(told)
                .extracting(request -> request.bodyText().replaceFirst(",\"created_at.*", ""))
                .containsExactlyInAnyOrder(
                        "{\"event\":\"endpoint.failing\"",
                        "{\"event\":\"endpoint.failing\"",
                        "{\"event\":\"endpoint.failing\"",
                        "{\"event\":\"endpoint.disabled\"");
        assertThat(told)
                .allMatch(request ->
                        VendorSamples.ringTonic(request, watcher.secret().reveal()))
                .allMatch(request -> request.bodyText()
                        .contains("\"workspace\":null,\"data\":{\"webhook_id\":\""
                                + endpoint.subscription().webhookId() + "\""));
        assertThat(requests(tenant)).noneMatch(request -> request.bodyText().contains("\"endpoint."));
    }

    @Test
    void aRestartOfEveryRoleInTheMiddleLosesAndRepeatsNothing() throws Exception {
        String tenant = "restarted";
        CreatedEndpoint unused = endpoint(tenant, RING_TONIC);
        warmUp(tenant, RING_TONIC, "call.started");
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        receiver.on("/" + tenant, request -> {
            boolean fails = String.valueOf(request.header("webhook-id")).hashCode() % 3 == 0
                    && failedOnce.add(String.valueOf(request.header("webhook-id")));
            return Reply.after(Duration.ofMillis(20), Reply.status(fails ? 503 : 200));
        });
        int before = requests(tenant).size();
        Set<String> ids = new HashSet<>(send(tenant, RING_TONIC, "call.completed", "before_", 300));
        await().atMost(LIMIT).until(() -> requests(tenant).size() - before >= 50);
        ids.addAll(send(tenant, RING_TONIC, "call.missed", "meanwhile_", 100));
        pipeline().restart();
        ids.addAll(send(tenant, RING_TONIC, "call.started", "after_", 100));
        Map<String, OutcomeRow> outcomes = awaitOutcomes(tenant, ids);
        assertThat(outcomes.values()).allMatch(row -> row.outcome() == Outcome.DELIVERED);
        Map<String, Long> posts = requests(tenant).stream()
                .collect(Collectors.groupingBy(
                        request -> Objects.requireNonNull(request.header("webhook-id")), Collectors.counting()));
        assertThat(outcomes.values()).allMatch(row -> posts.getOrDefault(row.deliveryId(), 0L) == row.attempts());
    }

    @Test
    void malformedRecordsAreSetAsideWithTheirReasonAndStopNothing() {
        String tenant = "careless";
        CreatedEndpoint unused = endpoint(tenant, RING_TONIC);
        warmUp(tenant, RING_TONIC, "call.started");
        Map<String, String> reasonByValue = new HashMap<>();
        Set<String> good = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = "bad_" + i;
            String whole = Events.event(RING_TONIC, id, "call.started", tenant);
            switch (i % 5) {
                case 0 -> reasonByValue.put("{\"id\":\"" + id + "\"", "not_json");
                case 1 -> reasonByValue.put("[\"" + id + "\"]", "not_an_object");
                case 2 -> reasonByValue.put(whole.replace("\"tenant\"", "\"tenants\""), "missing_field");
                case 3 -> reasonByValue.put(whole.replace("2026-01-15T", "15.1.2026 "), "invalid_field");
                default -> reasonByValue.put(whole.replace("\"call_log_id\"", "\"call_log\""), "schema");
            }
        }
        int sent = 0;
        for (String value : reasonByValue.keySet()) {
            pipeline().send(tenant, value);
            if (sent++ % 5 == 0) {
                good.addAll(send(tenant, RING_TONIC, "call.completed", "good_" + sent + "_", 1));
            }
        }
        assertThat(awaitOutcomes(tenant, good).values()).allMatch(row -> row.outcome() == Outcome.DELIVERED);
        Map<String, String> seen = new HashMap<>();
        await().atMost(LIMIT).until(() -> {
            seen.clear();
            pipeline().deadLetters().stream()
                    .filter(letter -> tenant.equals(letter.key()))
                    .forEach(letter -> seen.put(new String(letter.value(), UTF_8), header(letter, "hs-reason")));
            return seen.size() >= reasonByValue.size();
        });
        assertThat(seen).isEqualTo(reasonByValue);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
