package dev.hookswitch.console.log;

import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param offset of its row in {@code delivery-outcomes}, which orders the runs of a delivery
 */
record Ending(
        Outcome outcome,
        String reason,
        int attempts,
        @Nullable Integer lastHttpStatus,
        long endedAtMs,
        long offset) {

    static Ending of(OutcomeRow row, long offset) {
        return new Ending(row.outcome(), row.reason(), row.attempts(), row.lastHttpStatus(), row.endedAtMs(), offset);
    }

    DeliveryStatus status() {
        return switch (outcome) {
            case DELIVERED -> DeliveryStatus.DELIVERED;
            case FAILED -> DeliveryStatus.FAILED;
            case DISCARDED -> DeliveryStatus.DISCARDED;
            case SKIPPED -> DeliveryStatus.SKIPPED;
            case UNKNOWN -> DeliveryStatus.UNKNOWN;
        };
    }
}
