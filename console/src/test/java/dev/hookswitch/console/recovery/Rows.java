package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.time.Instant;

/** What fan-out and dispatcher write of a delivery. */
final class Rows {
    private Rows() {}

    /** Without a place in {@code deliveries} when the delivery has none. */
    static OutcomeRow outcome(Delivery delivery, Outcome outcome, int attempts, Instant endedAt) {
        Delivery.Origin origin = delivery.origin();
        return new OutcomeRow(
                delivery.id(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.endpoint().tenant(),
                delivery.endpoint().webhookId(),
                delivery.profile(),
                outcome,
                "server_error",
                attempts,
                503,
                delivery.occurredAtMs(),
                endedAt.toEpochMilli(),
                delivery.test(),
                origin == null ? null : origin.partition(),
                origin == null ? null : origin.offset(),
                delivery.eventsPartition(),
                delivery.eventsOffset(),
                delivery.recoveryId());
    }

    /** It was answered. */
    static AttemptRow firstPost(Delivery delivery) {
        return new AttemptRow(
                AttemptRow.Kind.ATTEMPT,
                delivery.id(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.endpoint().tenant(),
                delivery.endpoint().webhookId(),
                delivery.profile(),
                delivery.activation(),
                delivery.attempt(),
                6,
                AttemptResult.SUCCESS,
                200,
                AttemptRow.Decision.DELIVERED,
                null,
                0,
                1,
                false,
                0,
                0,
                0,
                0,
                0,
                "d",
                delivery.recoveryId());
    }
}
