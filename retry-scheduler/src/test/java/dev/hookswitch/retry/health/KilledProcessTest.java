package dev.hookswitch.retry.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, killed as kill -9 does while they read, over a real broker: what readers of committed records see is what
 * the model says of every endpoint, neither more nor less. Shows that a commit of states, output and offsets is at one
 * stroke; that nothing depends on where between two rows a process dies is shown by {@link HealthKillsTest}.
 */
@Tag("long")
@ExtendWith(KafkaExtension.class)
class KilledProcessTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ENDPOINTS = 100;
    private static final int ROWS = 60;
    private static final int KILLS = 2;
    private static final long SEED = 20_260_715L;

    private final KafkaCluster kafka;
    private final Path folder;
    private final Map<String, String> settings;
    private final TopicLayout topics;
    private final Map<EndpointId, History> histories = new HashMap<>();

    KilledProcessTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.folder = folder;
        settings = Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                kafka.uniquePrefix(),
                "topics.partitions",
                "4",
                "streams.commit-interval",
                "50ms",
                // Small steps, so that a process is killed amid the rows.
                "kafka.streams.max.poll.records",
                "50",
                "kafka.streams.session.timeout.ms",
                "6000");
        topics = TopicLayout.of(Settings.of(settings));
    }

    private HealthProcess start(String name) throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.put("retry-scheduler.state-folder", folder.resolve(name).toString());
        return HealthProcess.start(own);
    }

    /** Both units, by the rules of the built-in profiles that count so; the rows of all endpoints mixed. */
    private List<AttemptRow> rows() {
        Random random = new Random(SEED);
        List<AttemptRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            for (int number = 0; number < ENDPOINTS; number++) {
                String profile = number % 2 == 0 ? "ringyo" : "ring-tonic";
                DisableRule rule = Profiles.builtIn().get(profile).profile().disable();
                assertThat(rule.counting()).isEqualTo(number % 2 == 0 ? Counting.ATTEMPTS : Counting.DELIVERIES);
                Attempts endpoint =
                        Attempts.activation(1).of("acme", "wh_" + number).withProfile(profile);
                History history = histories.computeIfAbsent(
                        new EndpointId("acme", "wh_" + number), id -> new History(rule, Duration.ZERO));
                rows.add(history.addRandom(random, endpoint, 1 + i / 25));
            }
        }
        return rows;
    }

    private void write(List<AttemptRow> rows) throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("linger.ms", 20))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (AttemptRow row : rows) {
                byte[] key = row.webhookId().getBytes(UTF_8);
                sent.add(producer.send(new ProducerRecord<>(topics.deliveryAttempts(), key, Wire.write(row))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private Map<EndpointId, List<String>> toldEvents() {
        return kafka.readAll(topics.endpointEvents()).stream()
                .map(record -> Wire.read(record.value(), EndpointEvent.class))
                .collect(Collectors.groupingBy(
                        EndpointEvent::endpoint,
                        Collectors.mapping(HealthPolicySequencesTest::describe, Collectors.toList())));
    }

    private Map<EndpointId, String> lastStatuses() {
        return kafka.readAll(topics.endpointStatus()).stream()
                .map(record -> Wire.read(record.value(), EndpointStatus.class))
                .collect(Collectors.toMap(
                        EndpointStatus::id,
                        status -> HealthPolicySequencesTest.describe(EndpointHealth.of(status)),
                        (before, after) -> after));
    }

    /** That an endpoint is still well under a newer activation is told to nobody. */
    private static String told(String state) {
        return state.endsWith("healthy") ? "healthy" : state;
    }

    private int eventsSoFar() {
        return kafka.readAll(topics.endpointEvents()).size();
    }

    @Test
    void killsAndRebalancesLoseAndRepeatNothing() throws Exception {
        TopicPlan.of(kafka.admin(), topics.specs()).apply(kafka.admin());
        List<AttemptRow> rows = rows();
        int inAll = histories.values().stream()
                .mapToInt(history -> history.events().size())
                .sum();
        List<Integer> parts = List.of(0, rows.size() / 2, rows.size());

        List<HealthProcess> running = new ArrayList<>();
        try {
            running.add(start("p0"));
            for (int part = 0; part < KILLS; part++) {
                int before = eventsSoFar();
                write(rows.subList(parts.get(part), parts.get(part + 1)));
                // Amid the rows of this part: it has told something of them, and another takes over.
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(300)).until(() -> eventsSoFar() > before);
                running.add(start("p" + (part + 1)));
                running.get(part).kill();
            }
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(eventsSoFar()).isGreaterThanOrEqualTo(inAll));
        } finally {
            running.forEach(HealthProcess::close);
        }

        Map<EndpointId, List<String>> events = toldEvents();
        Map<EndpointId, String> statuses = lastStatuses();
        histories.forEach((endpoint, history) -> {
            assertThat(events.getOrDefault(endpoint, List.of()))
                    .as("events of %s, seed %d", endpoint, SEED)
                    .isEqualTo(history.events());
            assertThat(told(statuses.getOrDefault(endpoint, "healthy")))
                    .as("status of %s, seed %d", endpoint, SEED)
                    .isEqualTo(told(history.state()));
        });
    }
}
