package dev.hookswitch.retry.tier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tiers on a real broker, with delays of 1 s to 5 m scaled to 5 ms to 1.5 s. */
@ExtendWith(KafkaExtension.class)
class TierSchedulersTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PURGE_EVERY = Duration.ofMillis(200);
    private static final Duration NO_PURGE = Duration.ofHours(1);
    private static final int PARTITIONS = 3;
    private static final TierSettings SETTINGS = new TierSettings(200, "i1");

    private final KafkaCluster kafka;
    private final Settings settings;
    private final TopicLayout topics;
    private final MeterRegistry registry = new SimpleMeterRegistry();

    TierSchedulersTest(KafkaCluster kafka) {
        this.kafka = kafka;
        settings = Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", kafka.uniquePrefix(),
                "topics.partitions", Integer.toString(PARTITIONS),
                "retry.tiers", "1s,30s,5m"));
        topics = TopicLayout.of(settings);
        List<TopicSpec> ours = topics.specs().stream()
                .filter(spec -> spec.name().equals(topics.deliveriesDue())
                        || topics.tiers().stream().anyMatch(tier -> spec.name().equals(tier.topic())))
                .toList();
        TopicPlan.of(kafka.admin(), ours).apply(kafka.admin());
    }

    private TierSchedulers start(Duration purgeEvery) {
        TierSchedulers tiers = new TierSchedulers(
                SETTINGS, topics, new KafkaProperties(settings), InstantSource.system(), registry, purgeEvery);
        tiers.start();
        return tiers;
    }

    private static void awaitUp(TierSchedulers tiers) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(tiers.health()).containsOnly(Health.UP));
    }

    /** To every tier, in transactions as a dispatcher writes; every tenth transaction is aborted and not to be seen. */
    private int produce(int from, int to) {
        try (Producer<byte[], byte[]> producer =
                kafka.producer(Map.of("transactional.id", topics.prefix() + "dispatcher"))) {
            producer.initTransactions();
            int kept = 0;
            for (int number = from; number < to; number += 20) {
                boolean abort = number / 20 % 10 == 9;
                producer.beginTransaction();
                for (Tier tier : topics.tiers()) {
                    for (int i = number; i < number + 20; i++) {
                        var unused = producer.send(parked(tier, i, abort));
                        kept += abort ? 0 : 1;
                    }
                }
                if (abort) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
            return kept;
        }
    }

    private static ProducerRecord<byte[], byte[]> parked(Tier tier, int number, boolean aborted) {
        String id = tier.name() + "#" + number + (aborted ? " aborted" : "");
        byte[] value = new byte[100];
        new Random(number).nextBytes(value);
        ProducerRecord<byte[], byte[]> parked =
                new ProducerRecord<>(tier.topic(), number % PARTITIONS, id.getBytes(UTF_8), value);
        parked.headers().add("hs-attempt", Integer.toString(number % 6).getBytes(UTF_8));
        parked.headers().add("hs-empty", new byte[0]);
        return parked;
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitCopies(int count) {
        kafka.awaitRecords(topics.deliveriesDue(), count, LIMIT);
        return kafka.readAll(topics.deliveriesDue());
    }

    /** Each parked record once, as it was, in its partition and in the order of its tier, and none early. */
    private void assertFaithful(List<ConsumerRecord<byte[], byte[]>> copies) {
        int expected = 0;
        for (Tier tier : topics.tiers()) {
            List<ConsumerRecord<byte[], byte[]>> parked = kafka.readAll(tier.topic());
            expected += parked.size();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertSame(
                        in(partition, tier, parked),
                        in(partition, tier, copies),
                        TierPlan.of(tier, topics, SETTINGS).delay().toMillis());
            }
        }
        assertThat(copies).hasSize(expected);
    }

    private static List<ConsumerRecord<byte[], byte[]>> in(
            int partition, Tier tier, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(each -> each.partition() == partition)
                .filter(each -> new String(each.key(), UTF_8).startsWith(tier.name() + "#"))
                .toList();
    }

    private static void assertSame(
            List<ConsumerRecord<byte[], byte[]>> originals, List<ConsumerRecord<byte[], byte[]>> copies, long delayMs) {
        assertThat(copies)
                .extracting(TierSchedulersTest::text)
                .isEqualTo(originals.stream().map(TierSchedulersTest::text).toList());
        for (int i = 0; i < copies.size(); i++) {
            assertThat(copies.get(i).timestamp())
                    .as("copy of %s", text(originals.get(i)))
                    .isGreaterThanOrEqualTo(originals.get(i).timestamp() + delayMs);
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> each) {
        return new String(each.key(), UTF_8) + " " + Arrays.hashCode(each.value()) + " " + each.headers();
    }

    @Test
    void copiesEachRecordOnceInOrderAndNeverEarlyOverARestartInTheMiddle() {
        int count = produce(0, 400);
        try (TierSchedulers first = start(NO_PURGE)) {
            kafka.awaitRecords(topics.deliveriesDue(), count / 3, LIMIT);
            assertThat(first.health()).allMatch(Health::alive);
        }
        count += produce(400, 800);
        try (TierSchedulers second = start(NO_PURGE)) {
            assertFaithful(awaitCopies(count));
            awaitUp(second);
        }
        assertThat(registry.find("hookswitch.retry.copied").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(count);
    }

    @Test
    void releasesEverythingAfterItWasDownForLongerThanTheTiers() {
        int count = produce(0, 300);
        long allDueMs = System.currentTimeMillis() + 1_500;
        await().atMost(LIMIT).until(() -> System.currentTimeMillis() > allDueMs);

        try (TierSchedulers tiers = start(NO_PURGE)) {
            assertFaithful(awaitCopies(count));
            awaitUp(tiers);
        }
    }

    @Test
    void goesOnWhenAnotherProcessFencesItAndRepeatsNothing() {
        int count = produce(0, 100);
        try (TierSchedulers tiers = start(NO_PURGE)) {
            awaitCopies(count);
            fenceEveryTier();
            count += produce(100, 200);

            assertFaithful(awaitCopies(count));
            awaitUp(tiers);
        }
        assertThat(registry.find("hookswitch.retry.aborts").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isPositive();
    }

    /** What another process does that was given the same instance name. */
    private void fenceEveryTier() {
        for (Tier tier : topics.tiers()) {
            String id = TierPlan.of(tier, topics, SETTINGS).transactionalId();
            try (Producer<byte[], byte[]> other = kafka.producer(Map.of("transactional.id", id))) {
                other.initTransactions();
            }
        }
    }

    @Test
    void settlesTheTransactionThatAKilledProcessLeftOpen() {
        Tier tier = topics.tiers().get(0);
        String id = TierPlan.of(tier, topics, SETTINGS).transactionalId();
        int count = produce(0, 100);
        try (Producer<byte[], byte[]> killed =
                kafka.producer(Map.of("transactional.id", id, "transaction.timeout.ms", "600000"))) {
            killed.initTransactions();
            killed.beginTransaction();
            var sent = killed.send(new ProducerRecord<>(topics.deliveriesDue(), 0, new byte[0], new byte[0]));
            killed.flush();
            assertThat(sent).isDone();

            try (TierSchedulers tiers = start(NO_PURGE)) {
                assertFaithful(awaitCopies(count));
                awaitUp(tiers);
            }
        }
    }

    @Test
    void deletesFromTheTiersWhatItHasCopied() {
        int count = produce(0, 100);
        try (TierSchedulers tiers = start(PURGE_EVERY)) {
            awaitCopies(count);
            Tier tier = topics.tiers().get(0);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                TopicPartition emptied = new TopicPartition(tier.topic(), partition);
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(offset(emptied, OffsetSpec.earliest()))
                                .isPositive()
                                .isEqualTo(offset(emptied, OffsetSpec.latest())));
            }
            awaitUp(tiers);
        }
    }

    private long offset(TopicPartition partition, OffsetSpec which) throws Exception {
        return kafka.admin()
                .listOffsets(Map.of(partition, which))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
