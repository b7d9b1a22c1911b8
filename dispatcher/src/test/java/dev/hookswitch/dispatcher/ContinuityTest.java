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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
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
    /** Whether the second half is answered slowly, so that a stop comes in the middle however long it takes to begin. */
    private volatile boolean slowInTheEnd;

    private final Receiver receiver =
            new Receiver(request -> Reply.after(answersAfter(request.number()), Reply.status(200)));

    ContinuityTest(KafkaCluster kafka, @TempDir Path folder) throws IOException {
        this.kafka = kafka;
        this.deployment = new Deployment(kafka, folder);
        ENDPOINTS.forEach(
                id -> deployment.subscribe(id, "ringyo", receiver.url("/" + id).toString()));
    }

    private Duration answersAfter(int number) {
        return Duration.ofMillis(slowInTheEnd && number > COUNT / 2 ? 1_000 : 5 + number % 40);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void cleanStopInTheMiddleRepeatsNothing(String protocol) {
        Map<String, String> settings = Map.of("dispatcher.group-protocol", protocol);
        slowInTheEnd = true;
        try (Service first = deployment.start(settings)) {
            deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
            receiver.awaitRequests(COUNT / 4, LIMIT);
            assertThat(first.health().ready()).isTrue();
        }
        int before = receiver.requests().size();
        assertThat(before).isLessThan(COUNT);
        slowInTheEnd = false;
        try (Service second = deployment.start(settings)) {
            awaitAttempts(COUNT);
            assertThat(second.health().ready()).isTrue();
        }
        assertEachOnce(COUNT);
    }

    /** A static member that stops stays a member: its partitions wait for it, and move nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void restartOfAStaticMemberMovesNoPartition(String protocol) throws Exception {
        Map<String, String> settings =
                Map.of("dispatcher.static-membership", "true", "dispatcher.group-protocol", protocol);
        waitLongForMembers();
        try (Service stays = deployment.start(with(settings, "dispatcher.instance", "stays"))) {
            Map<String, Set<TopicPartition>> before;
            try (Service restarts = deployment.start(with(settings, "dispatcher.instance", "restarts"))) {
                await().atMost(LIMIT).until(this::bothHaveTheirs);
                before = assignments();
                deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
                receiver.awaitRequests(COUNT / 4, LIMIT);
                assertThat(restarts.health().ready()).isTrue();
            }
            assertThat(assignments()).isEqualTo(before);
            try (Service again = deployment.start(with(settings, "dispatcher.instance", "restarts"))) {
                awaitAttempts(COUNT);
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(assignments()).isEqualTo(before));
                assertThat(again.health().ready()).isTrue();
            }
            assertThat(stays.health().ready()).isTrue();
        }
        assertEachOnce(COUNT);
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    private String groupId() {
        return deployment.topics.prefix() + "dispatcher";
    }

    /** Else the embedded broker forgets a member after six seconds, which a restart may take on a slow machine. */
    private void waitLongForMembers() throws Exception {
        kafka.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.GROUP, groupId()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("consumer.session.timeout.ms", "50000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private boolean bothHaveTheirs() {
        Map<String, Set<TopicPartition>> now = assignments();
        return group().groupState() == GroupState.STABLE
                && now.size() == 2
                && now.values().stream().noneMatch(Set::isEmpty);
    }

    /** The partitions of each member, by its static name. */
    private Map<String, Set<TopicPartition>> assignments() {
        return group().members().stream()
                .collect(Collectors.toMap(
                        member -> member.groupInstanceId().orElse("none"),
                        member -> member.assignment().topicPartitions()));
    }

    private ConsumerGroupDescription group() {
        try {
            return kafka.admin()
                    .describeConsumerGroups(List.of(groupId()))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dispatcherThatLeavesHandsOverWithoutLossOrRepetition() {
        try (Service stays = deployment.start(Map.of("dispatcher.instance", "stays", "dispatcher.lanes", "2"))) {
            try (Service leaves = deployment.start(Map.of("dispatcher.instance", "leaves"))) {
                deployment.deliver(ENDPOINTS, "ringyo", 0, COUNT);
                receiver.awaitRequests(COUNT / 4, LIMIT);
                assertThat(leaves.health().ready()).isTrue();
            }
            awaitAttempts(COUNT);
            assertThat(stays.health().ready()).isTrue();
        }
        assertEachOnce(COUNT);
    }

    @Test
    void dispatcherThatJoinsTakesOverWithoutLossOrRepetition() {
        int[] produced = {0};
        try (Service first = deployment.start(Map.of("dispatcher.instance", "first"))) {
            deliverMore(produced);
            try (Service joins = deployment.start(Map.of("dispatcher.instance", "joins"))) {
                await().atMost(LIMIT).until(() -> {
                    deliverMore(produced);
                    return attemptRows().stream().anyMatch(row -> row.instance().equals("joins"));
                });
                deliverMore(produced);
                awaitAttempts(produced[0]);
                assertThat(joins.health().ready()).isTrue();
            }
            assertThat(first.health().ready()).isTrue();
        }
        assertEachOnce(produced[0]);
    }

    private void deliverMore(int[] produced) {
        deployment.deliver(ENDPOINTS, "ringyo", produced[0], produced[0] + 300);
        produced[0] += 300;
    }

    /** On a slow machine an endpoint's queue may be put off; that is an end of its record here, and no POST. */
    private void awaitAttempts(int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(attemptRows()).hasSizeGreaterThanOrEqualTo(count));
    }

    private List<AttemptRow> attemptRows() {
        return kafka.readAll(deployment.topics.deliveryAttempts()).stream()
                .map(record -> Wire.read(record.value(), AttemptRow.class))
                .toList();
    }

    private void assertEachOnce(int count) {
        List<String> posted = ids(receiver.requests());
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
        assertThat(attemptRows()).hasSize(count);
    }

    /**
     * One endpoint accepts and never answers. Its attempts last 15 seconds; the others must be through before the first of
     * them has ended, its surplus must be put off, and what a stop gives up must come again.
     */
    @Test
    void hangingEndpointDoesNotHoldUpTheOthers() {
        int cap = 4;
        int toHanging = 300;
        Map<String, String> settings = Map.of(
                "dispatcher.max-in-flight-per-endpoint", Integer.toString(cap), "dispatcher.drain-timeout", "100ms");
        try (Receiver hanging = new Receiver(request -> Reply.never())) {
            deployment.subscribe("wh_hangs", "standard", hanging.url("/").toString());
            receiver.on("/quick", request -> Reply.status(200));
            deployment.subscribe("wh_quick", "ringyo", receiver.url("/quick").toString());
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
            }
            List<String> before = ids(hanging.requests());
            try (Service again = deployment.start(settings)) {
                List<String> both = ids(hanging.awaitRequests(2 * cap, LIMIT));
                assertThat(both.subList(cap, 2 * cap)).containsExactlyInAnyOrderElementsOf(before);
                assertThat(endedOf("wh_hangs")).isEqualTo(toHanging - cap);
                assertThat(again.health().ready()).isTrue();
            }
        }
    }

    private static List<String> ids(List<ReceivedRequest> requests) {
        return requests.stream()
                .map(request -> String.valueOf(request.header("webhook-id")))
                .toList();
    }

    /** Deliveries to the endpoint whose record is done: attempted or put off. */
    private long endedOf(String webhookId) {
        return attemptRows().stream()
                .filter(row -> row.webhookId().equals(webhookId))
                .count();
    }
}
