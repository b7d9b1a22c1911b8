package dev.hookswitch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A running cluster as tests see it: addresses, topics, records as bytes. Safe for many threads. */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final AtomicInteger prefixes = new AtomicInteger();

    KafkaCluster(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(clientConfig());
        this.producer = producer(Map.of());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** What every Kafka client needs to reach this cluster. */
    public Map<String, Object> clientConfig() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    /** Shared; not to be closed by tests. */
    public Admin admin() {
        return admin;
    }

    /** A beginning for names of topics, groups and transactional ids that no other test has, such as "t17.". */
    public String uniquePrefix() {
        return "t" + prefixes.incrementAndGet() + ".";
    }

    /** Returns when every partition can be written: with 4.3.1, records produced earlier may be lost (KAFKA-15591). */
    public void createTopics(Collection<NewTopic> topics) {
        get(admin.createTopics(topics).all());
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(KafkaCluster::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        // A broker that has not heard of the topic yet says that there is none.
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> get(admin.listOffsets(ends).all()).size() == ends.size());
    }

    public void createTopics(int partitions, String... names) {
        createTopics(Arrays.stream(names)
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList());
    }

    /** Returns when the broker has acknowledged the record. */
    public RecordMetadata send(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        return send(topic, null, key, value, headers);
    }

    /** To this partition, or to the one of the key when the partition is null. */
    public RecordMetadata send(
            String topic,
            @Nullable Integer partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        try {
            return producer.send(record).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw failed(e);
        }
    }

    /** Key and value as UTF-8, no headers. */
    public RecordMetadata send(String topic, String key, String value) {
        return send(topic, key.getBytes(UTF_8), value.getBytes(UTF_8), Map.of());
    }

    /**
     * All committed records from the beginning to the present end; in order within a partition. Whatever was committed
     * before is seen, in this topic and in others that the same transaction wrote to.
     */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        awaitDecidedTransactions();
        try (TopicReader reader = new TopicReader(consumer(Map.of()), topic)) {
            return reader.readToEnd(LIMIT);
        }
    }

    /**
     * Reads committed records from the beginning until there are at least this many; in order within a partition.
     *
     * @throws AssertionError when the limit is over before
     */
    public List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int count, Duration limit) {
        try (TopicReader reader = new TopicReader(consumer(Map.of()), topic)) {
            return reader.readAtLeast(count, limit);
        }
    }

    /**
     * Waits for the end of the transactions that are decided now. A commit is acknowledged as soon as it is decided; the
     * partitions that it wrote to hear of it afterwards, one by one, and until then their readers do not see its records.
     */
    private void awaitDecidedTransactions() {
        Set<Long> decided = decidedTransactions();
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    if (!decided.isEmpty()) {
                        decided.retainAll(decidedTransactions());
                    }
                    return decided.isEmpty();
                });
    }

    /** The producers whose transactions are decided and not yet ended. */
    private Set<Long> decidedTransactions() {
        ListTransactionsOptions options = new ListTransactionsOptions()
                .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        return get(admin.listTransactions(options).all()).stream()
                .map(TransactionListing::producerId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A producer that the caller closes; acks=all and idempotent unless told otherwise. */
    public Producer<byte[], byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(with(config), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that the caller closes; reads committed records only, from the earliest, unless told otherwise. */
    public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        Map<String, Object> merged = new HashMap<>(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        merged.putAll(config);
        return new KafkaConsumer<>(with(merged), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Closes the clients of this object; the broker is its owner's. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }

    private Map<String, Object> with(Map<String, Object> config) {
        Map<String, Object> merged = new HashMap<>(clientConfig());
        merged.putAll(config);
        return merged;
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions()).mapToObj(index -> new TopicPartition(topic.name(), index));
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return new IllegalStateException("Kafka did not do it: " + cause, cause);
    }
}
