package dev.hookswitch.dispatcher;

import static dev.hookswitch.dispatcher.Deployment.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ReceivedRequest;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is lost and nothing is repeated while dispatchers come and go, and while one endpoint hangs. */
@ExtendWith(KafkaExtension.class)
class ContinuityTest {
    private static final int COUNT = 1_500;
    private static final List<String> ENDPOINTS =
            IntStream.range(0, 12).mapToObj(i -> "wh_" + i).toList();

    private final KafkaCluster kafka;
    private final Deployment deployment;
    private final Receiver receiver =
            new Receiver(request -> Reply.after(Duration.ofMillis(5 + request.number() % 40), Reply.status(200)));

    ContinuityTest(KafkaCluster kafka, @TempDir Path folder) throws IOException {
        this.kafka = kafka;
        this.deployment = new Deployment(kafka, folder);
        ENDPOINTS.forEach(
                id -> deployment.subscribe(id, "ringyo", receiver.url("/" + id).toString()));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void cleanStopInTheMiddleRepeatsNothing(String protocol) {
        Map<String, String> settings = Map.of("dispatcher.group-protocol", protocol);
        try (Service first = deployment.start(settings)) {
            deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
            receiver.awaitRequests(COUNT / 4, LIMIT);
            assertThat(first.health().ready()).isTrue();
        }
        int before = receiver.requests().size();
        assertThat(before).isLessThan(COUNT);
        try (Service second = deployment.start(settings)) {
            awaitEveryDeliveryOrDeferral();
            assertThat(second.health().ready()).isTrue();
        }
        assertEachOnce();
    }

    @Test
    void dispatcherThatLeavesHandsOverWithoutLossOrRepetition() {
        try (Service stays = deployment.start(Map.of("dispatcher.instance", "stays", "dispatcher.lanes", "2"))) {
            try (Service leaves = deployment.start(Map.of("dispatcher.instance", "leaves"))) {
                deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
                receiver.awaitRequests(COUNT / 4, LIMIT);
                assertThat(leaves.health().ready()).isTrue();
            }
            awaitEveryDeliveryOrDeferral();
            assertThat(stays.health().ready()).isTrue();
        }
        assertEachOnce();
    }

    @Test
    void dispatcherThatJoinsTakesOverWithoutLossOrRepetition() {
        try (Service first = deployment.start(Map.of("dispatcher.instance", "first"))) {
            deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
            receiver.awaitRequests(COUNT / 4, LIMIT);
            try (Service joins = deployment.start(Map.of("dispatcher.instance", "joins"))) {
                awaitEveryDeliveryOrDeferral();
                assertThat(joins.health().ready()).isTrue();
            }
            assertThat(first.health().ready()).isTrue();
        }
        assertEachOnce();
    }

    /** On a slow machine an endpoint's queue may be put off; that is an end of its record here, and no POST. */
    private void awaitEveryDeliveryOrDeferral() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(attemptRows()).hasSizeGreaterThanOrEqualTo(COUNT));
    }

    private List<AttemptRow> attemptRows() {
        return kafka.readAll(deployment.topics.deliveryAttempts()).stream()
                .map(record -> Wire.read(record.value(), AttemptRow.class))
                .toList();
    }

    private void assertEachOnce() {
        List<String> posted = receiver.requests().stream()
                .map(request -> String.valueOf(request.header("webhook-id")))
                .toList();
        List<String> delivered =
                deployment.outcomes().stream().map(OutcomeRow::deliveryId).toList();
        List<String> deferred = kafka.readAll(deployment.tier("1s")).stream()
                .map(record -> DeliveryHeaders.read(record.headers()).id())
                .toList();
        List<String> all = kafka.readAll(deployment.topics.deliveries()).stream()
                .map(record -> DeliveryHeaders.read(record.headers()).id())
                .toList();

        assertThat(posted).as("no POST is repeated").doesNotHaveDuplicates();
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(posted);
        List<String> ended = new ArrayList<>(delivered);
        ended.addAll(deferred);
        assertThat(ended).as("each ends once, none is lost").containsExactlyInAnyOrderElementsOf(all);
        assertThat(attemptRows()).hasSize(COUNT);
    }

    /**
     * One endpoint accepts and never answers. Its attempts last 15 seconds; the others must be through before the first of
     * them has ended, and its surplus must be put off.
     */
    @Test
    void hangingEndpointDoesNotHoldUpTheOthers() {
        try (Receiver hanging = new Receiver(request -> Reply.never())) {
            deployment.subscribe("wh_hangs", "standard", hanging.url("/").toString());
            int cap = 4;
            Map<String, String> settings = Map.of("dispatcher.max-in-flight-per-endpoint", Integer.toString(cap));
            receiver.on("/quick", request -> Reply.status(200));
            deployment.subscribe("wh_quick", "ringyo", receiver.url("/quick").toString());
            int toHanging = 300;
            try (Service role = deployment.start(settings)) {
                deployment.deliver(List.of("wh_hangs"), "standard", 10_000, 10_000 + toHanging);
                hanging.awaitRequests(cap, LIMIT);
                for (int i = 0; i < 10; i++) {
                    deployment.deliver(List.of("wh_quick"), "ringyo", i * 20, i * 20 + 20);
                }

                await().atMost(LIMIT).until(() -> endedOf("wh_quick") == 200);
                assertThat(attemptRows())
                        .as("the hanging attempts still run")
                        .noneMatch(row -> row.webhookId().equals("wh_hangs") && row.kind() == AttemptRow.Kind.ATTEMPT);
                await().atMost(LIMIT).until(() -> endedOf("wh_hangs") == toHanging - cap);
                assertThat(hanging.requests()).hasSize(cap);
                assertThat(role.health().ready()).isTrue();

                await().atMost(LIMIT).until(() -> endedOf("wh_hangs") == toHanging);
            }
            assertThat(kafka.readAll(deployment.tier("1s")).stream()
                            .filter(record -> DeliveryHeaders.read(record.headers())
                                    .endpoint()
                                    .webhookId()
                                    .equals("wh_hangs")))
                    .as("timed out or put off, all of them come again")
                    .hasSize(toHanging);
            assertThat(hanging.requests()).extracting(ReceivedRequest::number).hasSize(cap);
        }
    }

    /** Deliveries to the endpoint whose record is done: attempted or put off. */
    private long endedOf(String webhookId) {
        return attemptRows().stream()
                .filter(row -> row.webhookId().equals(webhookId))
                .count();
    }
}
