package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code delivery-attempts}: one POST, or one deferral, which is not a POST and spends no attempt. Flat, without
 * payload, keyed by webhook id.
 *
 * @param kind what the row is about
 * @param activation the subscription's activation at the time of sending
 * @param attempt 1 for the first POST of the delivery; of a deferral, the attempt that was put off
 * @param maxAttempts how many the endpoint's schedule allows; null for a deferral
 * @param result how the POST ended; of a deferral {@code INTERNAL} when our own side could not send it, else null
 * @param httpStatus the status code; null when there was none
 * @param decision what follows from it
 * @param nextTier name of the tier that the delivery waits in; null when it does not wait
 * @param startedAtMs epoch milliseconds at which the attempt began
 * @param durationMs from the beginning to the status line or the failure
 * @param test whether this is a test delivery, which counts for nothing
 * @param occurredAtMs when the event happened, epoch milliseconds
 * @param deliveriesPartition where the delivery stands in {@code deliveries}
 * @param deliveriesOffset where the delivery stands in {@code deliveries}
 * @param eventsPartition where the event stands in {@code events}
 * @param eventsOffset where the event stands in {@code events}
 * @param instance which dispatcher sent it
 * @param recoveryId the manual retry or recovery that it belongs to; null for none
 */
public record AttemptRow(
        Kind kind,
        String deliveryId,
        String eventId,
        String eventType,
        String tenant,
        String webhookId,
        String profile,
        long activation,
        int attempt,
        @Nullable Integer maxAttempts,
        @Nullable AttemptResult result,
        @Nullable Integer httpStatus,
        Decision decision,
        @Nullable String nextTier,
        long startedAtMs,
        long durationMs,
        boolean test,
        long occurredAtMs,
        int deliveriesPartition,
        long deliveriesOffset,
        int eventsPartition,
        long eventsOffset,
        String instance,
        @Nullable String recoveryId) {

    /** What a row is about. */
    public enum Kind {
        @JsonProperty("attempt")
        ATTEMPT,
        @JsonProperty("deferral")
        DEFERRAL,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** What follows from an attempt. */
    public enum Decision {
        /** The delivery ended as delivered. */
        @JsonProperty("delivered")
        DELIVERED,
        /** It waits in a tier for its next attempt. */
        @JsonProperty("retry")
        RETRY,
        /** The delivery ended as failed: no attempt is left, or none would help. */
        @JsonProperty("exhausted")
        EXHAUSTED,
        /** It waits in a tier for the same attempt. */
        @JsonProperty("deferred")
        DEFERRED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    public AttemptRow {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(deliveryId, "delivery_id");
        Objects.requireNonNull(eventId, "event_id");
        Objects.requireNonNull(eventType, "event_type");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(decision, "decision");
    }

    /** When the status line or the failure came, epoch milliseconds. */
    public long endedAtMs() {
        return startedAtMs + durationMs;
    }
}
