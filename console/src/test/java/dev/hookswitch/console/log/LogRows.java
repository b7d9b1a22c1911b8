package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows about one delivery, as dispatcher and fan-out write them.
 *
 * @param recoveryId whose run the rows are of; null for the first
 */
public record LogRows(
        EndpointId endpoint,
        String eventId,
        String eventType,
        Instant occurredAt,
        @Nullable String recoveryId) {
    public static LogRows of(EndpointId endpoint, String eventId, Instant occurredAt) {
        return new LogRows(endpoint, eventId, "call.completed", occurredAt, null);
    }

    public LogRows ofType(String type) {
        return new LogRows(endpoint, eventId, type, occurredAt, recoveryId);
    }

    public LogRows recovered(String id) {
        return new LogRows(endpoint, eventId, eventType, occurredAt, id);
    }

    public String id() {
        return DeliveryId.of(endpoint, eventId, occurredAt);
    }

    public AttemptRow delivered(int attempt, Instant at) {
        return attempt(Kind.ATTEMPT, attempt, AttemptResult.SUCCESS, 200, Decision.DELIVERED, null, at);
    }

    /** Answered with 503, to be tried again after 30 s. */
    public AttemptRow retried(int attempt, Instant at) {
        return attempt(Kind.ATTEMPT, attempt, AttemptResult.SERVER_ERROR, 503, Decision.RETRY, "30s", at);
    }

    /** No answer, and no attempt left. */
    public AttemptRow exhausted(int attempt, Instant at) {
        return attempt(Kind.ATTEMPT, attempt, AttemptResult.TIMEOUT, null, Decision.EXHAUSTED, null, at);
    }

    public AttemptRow putOff(int attempt, Instant at) {
        return attempt(Kind.DEFERRAL, attempt, null, null, Decision.DEFERRED, "5s", at);
    }

    private AttemptRow attempt(
            Kind kind,
            int attempt,
            @Nullable AttemptResult result,
            @Nullable Integer httpStatus,
            Decision decision,
            @Nullable String tier,
            Instant at) {
        return new AttemptRow(
                kind,
                id(),
                eventId,
                eventType,
                endpoint.tenant(),
                endpoint.webhookId(),
                "ringyo",
                1,
                attempt,
                kind == Kind.ATTEMPT ? 6 : null,
                result,
                httpStatus,
                decision,
                tier,
                at.toEpochMilli(),
                kind == Kind.ATTEMPT ? 12 : 0,
                false,
                occurredAt.toEpochMilli(),
                0,
                7,
                0,
                9,
                "d",
                recoveryId);
    }

    public OutcomeRow outcome(Outcome outcome, Instant at) {
        Integer status = switch (outcome) {
            case DELIVERED -> 200;
            case FAILED -> 503;
            default -> null;
        };
        String reason = switch (outcome) {
            case DELIVERED -> "success";
            case FAILED -> "server_error";
            default -> OutcomeRow.REASON_DISABLED;
        };
        return new OutcomeRow(
                id(),
                eventId,
                eventType,
                endpoint.tenant(),
                endpoint.webhookId(),
                "ringyo",
                outcome,
                reason,
                status == null ? 0 : 1,
                status,
                occurredAt.toEpochMilli(),
                at.toEpochMilli(),
                false,
                0,
                7L,
                0,
                9,
                recoveryId);
    }
}
