package dev.hookswitch.retry.tier;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from a tier's topic what has been copied, from time to time. Tiers have no retention, so that a scheduler that
 * was down for long loses nothing; this keeps them small instead. Never waits for the broker, and a failure is only
 * logged: a later purge covers it.
 */
final class TierPurge {
    private static final Logger LOG = LoggerFactory.getLogger(TierPurge.class);

    private final Consumer<Map<TopicPartition, RecordsToDelete>> delete;
    private final InstantSource clock;
    private final long everyMs;
    private final Map<TopicPartition, RecordsToDelete> copied = new HashMap<>();
    private long lastMs;

    TierPurge(Consumer<Map<TopicPartition, RecordsToDelete>> delete, InstantSource clock, Duration every) {
        this.delete = delete;
        this.clock = clock;
        this.everyMs = every.toMillis();
        this.lastMs = clock.millis();
    }

    /** Remembers what has been committed as copied. */
    void copied(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, next) -> copied.put(partition, RecordsToDelete.beforeOffset(next.offset())));
    }

    /** Asks the broker to delete when it is time and there is something. */
    void runWhenDue() {
        long now = clock.millis();
        // The absolute value: a clock that was set back does not stop the purge.
        if (copied.isEmpty() || Math.abs(now - lastMs) < everyMs) {
            return;
        }
        lastMs = now;
        delete.accept(Map.copyOf(copied));
        copied.clear();
    }

    /** Asks the broker and does not wait. */
    static Consumer<Map<TopicPartition, RecordsToDelete>> through(Admin admin) {
        return records -> {
            var unused = admin.deleteRecords(records).all().whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warn("purge of copied retries failed, the next one covers it: {}", failure.toString());
                }
            });
        };
    }
}
