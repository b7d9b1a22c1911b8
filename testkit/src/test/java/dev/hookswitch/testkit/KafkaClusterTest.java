package dev.hookswitch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaCluster kafka;
    private final String topic;

    KafkaClusterTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.topic = kafka.uniquePrefix() + "records";
        kafka.createTopics(2, topic);
    }

    @Test
    void readsBackWhatWasSent() {
        kafka.send(topic, "a".getBytes(UTF_8), "one".getBytes(UTF_8), Map.of("kind", "test"));
        kafka.send(topic, "a", "two");
        kafka.send(topic, 1, null, null, Map.of());

        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(topic);

        assertThat(records).hasSize(3);
        assertThat(values(records)).containsSubsequence("one", "two");
        assertThat(records)
                .filteredOn(record -> record.value() == null)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.partition()).isEqualTo(1);
                    assertThat(record.key()).isNull();
                });
        assertThat(records)
                .filteredOn(record -> record.headers().lastHeader("kind") != null)
                .hasSize(1);
    }

    @Test
    void readsAnEmptyTopicAsNothing() {
        assertThat(kafka.readAll(topic)).isEmpty();
    }

    @Test
    void seesCommittedRecordsOnly() {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>(topic, "aborted".getBytes(UTF_8))))
                    .succeedsWithin(LIMIT);
            producer.abortTransaction();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>(topic, "committed".getBytes(UTF_8))))
                    .succeedsWithin(LIMIT);
            assertThat(kafka.readAll(topic)).isEmpty();
            producer.commitTransaction();
        }

        assertThat(values(kafka.readAll(topic))).containsExactly("committed");
    }

    /** A commit is acknowledged before the partitions have heard of it. */
    @Test
    void seesWhatWasCommittedJustBefore() {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            for (int i = 1; i <= 10; i++) {
                producer.beginTransaction();
                for (int partition = 0; partition < 2; partition++) {
                    var unused = producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {(byte) i}));
                }
                producer.commitTransaction();

                assertThat(kafka.readAll(topic)).hasSize(2 * i);
            }
        }
    }

    @Test
    void awaitsRecordsAndSaysHowManyCame() {
        kafka.send(topic, "k", "only one");

        assertThat(kafka.awaitRecords(topic, 1, LIMIT)).hasSize(1);
        assertThatThrownBy(() -> kafka.awaitRecords(topic, 2, Duration.ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(topic)
                .hasMessageContaining("got 1");
    }

    @Test
    void prefixesDiffer() {
        assertThat(kafka.uniquePrefix()).isNotEqualTo(kafka.uniquePrefix());
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> record.value() != null)
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
