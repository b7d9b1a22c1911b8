package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class PlaceReaderTest {
    private static final int PARTITIONS = 2;
    private static final long GONE = 40;

    private final KafkaCluster kafka;
    private final String topic;

    PlaceReaderTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.topic = kafka.uniquePrefix() + "places";
    }

    /** The log has gaps: what is deleted, markers of transactions, and what was aborted. */
    @Test
    void findsExactlyWhatIsThereInAnyOrder() throws Exception {
        kafka.createTopics(PARTITIONS, topic);
        long ends = write();
        kafka.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(GONE)))
                .all()
                .get(30, TimeUnit.SECONDS);
        Map<String, String> there = new TreeMap<>();
        kafka.readAll(topic)
                .forEach(record ->
                        there.put(record.partition() + ":" + record.offset(), new String(record.value(), UTF_8)));
        Random random = new Random(7);
        try (PlaceReader reader = reader()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                for (long offset = 0; offset < ends + 2; offset += 1 + random.nextInt(3)) {
                    assertSame(reader, there, partition, offset);
                }
            }
            for (int i = 0; i < 60; i++) {
                assertSame(reader, there, random.nextInt(PARTITIONS), random.nextInt((int) ends));
            }
        }
    }

    /** Else whoever asks for it would read the whole log, since a consumer that is out of range begins anew. */
    @Test
    void whatIsBehindTheEndIsNotLookedForInAllTheLog() {
        kafka.createTopics(PARTITIONS, topic);
        long ends = write();
        AtomicInteger records = new AtomicInteger();
        Settings settings = Settings.of(Map.of("kafka.bootstrap.servers", kafka.bootstrapServers()));
        Supplier<Consumer<byte[], byte[]>> counting = () ->
                new KafkaConsumer<>(
                        new KafkaProperties(settings)
                                .consumer(
                                        Map.of("auto.offset.reset", "earliest", "max.partition.fetch.bytes", "65536")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()) {
                    @Override
                    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
                        records.addAndGet(polled.count());
                        return polled;
                    }
                };
        try (PlaceReader reader = new PlaceReader(counting, topic)) {
            assertThat(reader.read(0, ends + 1_000)).isEmpty();
            assertThat(records.get()).as("of 300 records of 1 kB").isLessThan(150);
            assertThat(reader.read(0, 0)).isPresent();
        }
    }

    private PlaceReader reader() {
        Settings settings = Settings.of(Map.of("kafka.bootstrap.servers", kafka.bootstrapServers()));
        return new PlaceReader(new RecoveryClients(new KafkaProperties(settings))::picker, topic);
    }

    private static void assertSame(PlaceReader reader, Map<String, String> there, int partition, long offset) {
        assertThat(reader.read(partition, offset).map(record -> new String(record.value(), UTF_8)))
                .as("%s:%s", partition, offset)
                .isEqualTo(Optional.ofNullable(there.get(partition + ":" + offset)));
    }

    /** Returns the end of the longer partition. */
    private long write() {
        String padding = "x".repeat(1_000);
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 30; transaction++) {
                producer.beginTransaction();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    for (int i = 0; i < 10; i++) {
                        String value = transaction + "/" + i + padding;
                        var unused = producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8)));
                    }
                }
                producer.flush();
                if (transaction % 5 == 3) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (var consumer = kafka.consumer(Map.of())) {
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(end -> end)
                    .max()
                    .orElseThrow();
        }
    }
}
