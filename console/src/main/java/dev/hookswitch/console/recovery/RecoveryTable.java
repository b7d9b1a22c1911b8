package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Wire;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every recovery there was, as Kafka has them. */
final class RecoveryTable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryTable.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProperties kafka;
    private final String topic;

    RecoveryTable(KafkaProperties kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * The endpoint's recoveries, the newest first.
     *
     * @throws IllegalStateException when they cannot be read within ten seconds
     */
    List<RecoveryRow> of(EndpointId endpoint) {
        Map<String, RecoveryRow> rows = new HashMap<>();
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        try (CompactedTopic recoveries = new CompactedTopic(kafka, List.of(topic))) {
            while (!recoveries.caughtUp()) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new IllegalStateException(
                            "the recoveries could not be read within " + LIMIT.toSeconds() + " s",
                            new TimeoutException());
                }
                recoveries.poll(POLL, (record, value) -> take(record, value, rows));
            }
        }
        return rows.values().stream()
                .filter(row -> row.endpoint().equals(endpoint))
                .sorted(Comparator.comparing(RecoveryRow::startedAtMs).reversed())
                .toList();
    }

    private void take(ConsumerRecord<String, byte[]> record, byte @Nullable [] value, Map<String, RecoveryRow> rows) {
        if (value == null) {
            rows.remove(record.key());
            return;
        }
        try {
            rows.put(record.key(), Wire.read(value, RecoveryRow.class));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "record skipped: no recovery, topic={} partition={} offset={}",
                    topic,
                    record.partition(),
                    record.offset());
        }
    }
}
