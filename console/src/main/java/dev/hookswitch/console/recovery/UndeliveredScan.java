package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the deliveries of an endpoint whose last outcome is none: failed, discarded or skipped. Takes outcomes one after the
 * other and remembers only what stands undelivered. Test deliveries do not count.
 */
final class UndeliveredScan {
    private final EndpointId endpoint;
    private final long sinceMs;
    private final int most;
    private final Map<String, Place> undelivered = new HashMap<>();

    UndeliveredScan(EndpointId endpoint, Instant since, int most) {
        this.endpoint = endpoint;
        this.sinceMs = since.toEpochMilli();
        this.most = most;
    }

    /**
     * Takes the next outcome.
     *
     * @throws RecoveryRefused when there are more than may be remembered
     */
    void take(OutcomeRow row) {
        if (!row.tenant().equals(endpoint.tenant()) || !row.webhookId().equals(endpoint.webhookId()) || row.test()) {
            return;
        }
        switch (row.outcome()) {
            // Whatever the clock of the dispatcher said.
            case DELIVERED -> undelivered.remove(row.deliveryId());
            case FAILED, DISCARDED, SKIPPED -> {
                if (row.endedAtMs() >= sinceMs) {
                    remember(row);
                }
            }
            case UNKNOWN -> {}
        }
    }

    private void remember(OutcomeRow row) {
        undelivered.put(row.deliveryId(), place(row));
        if (undelivered.size() > most) {
            throw RecoveryRefused.tooMany(most, "choose a later time and go back in steps");
        }
    }

    /** Where that stands of which the delivery is made again: its body, or the event when it never had one. */
    static Place place(OutcomeRow row) {
        Integer partition = row.deliveriesPartition();
        Long offset = row.deliveriesOffset();
        return partition == null || offset == null
                ? new Place(Source.EVENTS, row.eventsPartition(), row.eventsOffset())
                : new Place(Source.DELIVERIES, partition, offset);
    }

    /** What has been found so far. */
    Collection<Place> found() {
        return undelivered.values();
    }
}
