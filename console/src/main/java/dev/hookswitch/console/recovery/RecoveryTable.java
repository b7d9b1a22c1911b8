package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every recovery there was, as Kafka has them. */
final class RecoveryTable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryTable.class);

    private final Log log;
    private final TopicSpec topic;

    RecoveryTable(Log log, TopicSpec topic) {
        this.log = log;
        this.topic = topic;
    }

    /**
     * The endpoint's recoveries, the newest first. Waits for transactions that others have open, also of other endpoints: a
     * row that was committed behind one of them could not be seen else, and a recovery would go on from an older place.
     *
     * @throws IllegalStateException when they cannot be read
     */
    List<RecoveryRow> of(EndpointId endpoint) {
        // A recovery has very many rows, of which the last counts: only that is parsed.
        Map<String, byte[]> last = new HashMap<>();
        List<Integer> partitions =
                IntStream.range(0, topic.partitions()).boxed().toList();
        log.scan(
                topic.name(),
                log.sinceWithPending(topic.name(), partitions, Instant.EPOCH),
                record -> take(record, last));
        return last.entrySet().stream()
                .flatMap(each -> row(each.getKey(), each.getValue()).stream())
                .filter(row -> row.endpoint().equals(endpoint))
                .sorted(Comparator.comparing(RecoveryRow::startedAtMs).reversed())
                .toList();
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, byte[]> last) {
        String recoveryId = record.key() == null ? "" : new String(record.key(), UTF_8);
        if (record.value() == null) {
            last.remove(recoveryId);
        } else {
            last.put(recoveryId, record.value());
        }
    }

    private Optional<RecoveryRow> row(String recoveryId, byte[] value) {
        try {
            return Optional.of(Wire.read(value, RecoveryRow.class));
        } catch (IllegalArgumentException e) {
            LOG.warn("row skipped: no recovery, topic={} key={}", topic.name(), recoveryId);
            return Optional.empty();
        }
    }
}
