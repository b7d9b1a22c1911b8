package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, killed as kill -9 does amid events that come three times, each killed one's partitions taken over by another
 * or by its successor on the same disk: what was remembered of transactions that did not end would lose events, what was
 * forgotten of those that did would repeat them.
 */
@Tag("long")
@ExtendWith(KafkaExtension.class)
class KilledFanoutTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int EVENTS = 6_000;
    private static final int TENANTS = 6;
    private static final int PARTITIONS = 4;
    private static final int KILLS = 4;
    private static final long SEED = 20_261_122L;

    private final KafkaCluster kafka;
    private final Path folder;
    private final Map<String, String> settings;
    private final TopicLayout topics;

    KilledFanoutTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.folder = folder;
        settings = Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", kafka.uniquePrefix(),
                "topics.events.partitions", Integer.toString(PARTITIONS),
                // Small steps, so that a process is killed amid the events.
                "kafka.streams.max.poll.records", "50",
                "kafka.streams.session.timeout.ms", "6000");
        topics = TopicLayout.of(Settings.of(settings));
    }

    private FanoutProcess start(int disk) throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.put("fanout.state-folder", folder.resolve("disk" + disk).toString());
        return FanoutProcess.start(own);
    }

    @Test
    void killsLoseAndRepeatNothing() throws Exception {
        TopicPlan.of(kafka.admin(), topics.specs()).apply(kafka.admin());
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            Subscription endpoint =
                    Samples.subscription(tenant(tenant), "wh_" + tenant, STANDARD.name(), Set.of("*"), true, 1);
            kafka.send(topics.subscriptions(), endpoint.id().topicKey(), new String(Wire.write(endpoint), UTF_8));
        }
        List<ProducerRecord<byte[], byte[]>> records = publications();
        List<FanoutProcess> running = new ArrayList<>();
        try {
            running.add(start(0));
            for (int part = 0; part < KILLS; part++) {
                int before = deliveries();
                write(records.subList(records.size() * part / KILLS, records.size() * (part + 1) / KILLS));
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> deliveries() > before);
                if (part % 2 == 0) {
                    running.get(part).kill();
                    running.add(start(0));
                } else {
                    running.add(start(part));
                    running.get(part).kill();
                }
            }
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> deliveries() >= EVENTS);
            write(IntStream.range(0, PARTITIONS).mapToObj(this::last).toList());
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> deliveries() >= EVENTS + PARTITIONS);
        } finally {
            running.forEach(FanoutProcess::close);
        }

        assertThat(kafka.readAll(topics.deliveries()))
                .as("seed %d", SEED)
                .extracting(record -> DeliveryHeaders.read(record.headers()).eventId())
                .doesNotHaveDuplicates()
                .hasSize(EVENTS + PARTITIONS);
        assertThat(kafka.readAll(topics.deadLetters())).isEmpty();
    }

    /** Each three times, the second and third at random places: under its tenant, or in any partition. */
    private List<ProducerRecord<byte[], byte[]>> publications() {
        Random random = new Random(SEED);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            for (int times = 0; times < 3; times++) {
                Integer partition = random.nextBoolean() ? random.nextInt(PARTITIONS) : null;
                records.add(publication(partition, tenant(i % TENANTS), "evt_" + i));
            }
        }
        Collections.shuffle(records, random);
        return records;
    }

    /** Comes behind all else of its partition. */
    private ProducerRecord<byte[], byte[]> last(int partition) {
        return publication(partition, tenant(0), "last_" + partition);
    }

    private ProducerRecord<byte[], byte[]> publication(@Nullable Integer partition, String tenant, String id) {
        byte[] key = partition == null ? tenant.getBytes(UTF_8) : null;
        return new ProducerRecord<>(topics.events(), partition, key, event(id, "order.paid", tenant, null, "{}"));
    }

    private static String tenant(int number) {
        return "tenant-" + number;
    }

    private int deliveries() {
        return kafka.readAll(topics.deliveries()).size();
    }

    private void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("linger.ms", 20))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
