package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every endpoint and its status, as the two compacted topics had them at the last refresh. For one thread at a time. */
final class EndpointTable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointTable.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProperties kafka;
    private final String subscriptionsTopic;
    private final String statusTopic;
    private final Map<EndpointId, Subscription> subscriptions = new HashMap<>();
    private final Map<EndpointId, EndpointStatus> statuses = new HashMap<>();

    EndpointTable(KafkaProperties kafka, TopicLayout topics) {
        this.kafka = kafka;
        this.subscriptionsTopic = topics.subscriptions();
        this.statusTopic = topics.endpointStatus();
    }

    /**
     * Reads both topics up to their present end, so that the table has everything acknowledged before the call.
     *
     * @throws IllegalStateException when that takes longer than ten seconds
     */
    void refresh() {
        subscriptions.clear();
        statuses.clear();
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        try (CompactedTopic topics = new CompactedTopic(kafka, List.of(subscriptionsTopic, statusTopic))) {
            while (!topics.caughtUp()) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new IllegalStateException(
                            "the endpoints could not be read within " + LIMIT.toSeconds() + " s",
                            new TimeoutException());
                }
                topics.poll(POLL, this::take);
            }
        }
    }

    Optional<Subscription> find(EndpointId id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    Optional<EndpointStatus> status(EndpointId id) {
        return Optional.ofNullable(statuses.get(id));
    }

    Collection<Subscription> all() {
        return subscriptions.values();
    }

    /** Takes a record that Kafka has acknowledged. */
    void put(Subscription written) {
        subscriptions.put(written.id(), written);
    }

    /** Takes a deletion that Kafka has acknowledged. */
    void remove(EndpointId id) {
        subscriptions.remove(id);
    }

    private void take(ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        try {
            if (record.topic().equals(subscriptionsTopic)) {
                keep(subscriptions, record.key(), value, Subscription.class, Subscription::id);
            } else {
                keep(statuses, record.key(), value, EndpointStatus.class, EndpointStatus::id);
            }
        } catch (IllegalArgumentException e) {
            // The cause may quote the value.
            LOG.warn(
                    "record skipped: not an endpoint's, topic={} partition={} offset={}",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private static <T> void keep(
            Map<EndpointId, T> rows,
            @Nullable String key,
            byte @Nullable [] value,
            Class<T> type,
            Function<T, EndpointId> idOf) {
        EndpointId id = EndpointId.parse(key == null ? "" : key);
        if (value == null) {
            rows.remove(id);
            return;
        }
        T row = Wire.read(value, type);
        if (!idOf.apply(row).equals(id)) {
            throw new IllegalArgumentException("key and value name different endpoints");
        }
        rows.put(id, row);
    }
}
