package dev.hookswitch.benchmarks.recovery;

import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the deliveries, as Kafka and the receiver have it.
 *
 * @param failed deliveries that had failed
 * @param killedAfter how many were put when each of the kills came
 * @param put how many were put, as the recovery says
 * @param posts requests that came to the receiver
 * @param missing deliveries that were not put, or have no delivered outcome of the recovery
 * @param twice deliveries that were put more than once, or have more than one outcome of the recovery
 * @param seconds from the first start to the last POST
 */
public record RecoveryFindings(
        long failed, List<Long> killedAfter, long put, long posts, long missing, long twice, double seconds) {
    public RecoveryFindings {
        killedAfter = List.copyOf(killedAfter);
    }

    /** Whether each was delivered once more, and none twice. */
    public boolean isExact() {
        return put == failed && posts == failed && missing == 0 && twice == 0;
    }

    static RecoveryFindings read(
            String bootstrapServers,
            TopicLayout topics,
            long failed,
            List<Long> killedAfter,
            long put,
            long posts,
            double seconds) {
        Map<String, Integer> puts = new HashMap<>();
        // A deferral comes back to the same topic: what was put is what no attempt was put off for.
        TopicRows.read(bootstrapServers, topics.deliveriesDue(), 0, record -> {
            Delivery delivery = DeliveryHeaders.read(record.headers());
            if (delivery.attempt() == 1 && delivery.deferrals() == 0 && delivery.recoveryId() != null) {
                puts.merge(delivery.id(), 1, Integer::sum);
            }
        });
        Map<String, Integer> delivered = new HashMap<>();
        TopicRows.read(bootstrapServers, topics.deliveryOutcomes(), 0, record -> {
            OutcomeRow row = Wire.read(record.value(), OutcomeRow.class);
            if (row.recoveryId() != null && row.outcome() == OutcomeRow.Outcome.DELIVERED) {
                delivered.merge(row.deliveryId(), 1, Integer::sum);
            }
        });
        long missing = Math.max(failed - puts.size(), failed - delivered.size());
        long twice = Math.max(moreThanOnce(puts), moreThanOnce(delivered));
        return new RecoveryFindings(failed, killedAfter, put, posts, missing, twice, seconds);
    }

    private static long moreThanOnce(Map<String, Integer> counts) {
        return counts.values().stream().filter(count -> count > 1).count();
    }
}
