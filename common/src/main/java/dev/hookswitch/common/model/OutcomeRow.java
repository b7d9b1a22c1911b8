package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code delivery-outcomes}: how one delivery ended; one row, and one more for each recovery of it. Flat, without
 * payload, keyed by webhook id.
 *
 * @param outcome how it ended
 * @param reason why, as a stable word: the last attempt's result, or why there was no attempt
 * @param attempts how many POSTs were made
 * @param lastHttpStatus the last status code; null when there was none
 * @param occurredAtMs when the event happened, epoch milliseconds
 * @param endedAtMs when the delivery ended, epoch milliseconds
 * @param test whether this was a test delivery
 * @param deliveriesPartition where it stands in {@code deliveries}; null when it was skipped
 * @param deliveriesOffset where it stands in {@code deliveries}; null when it was skipped
 * @param eventsPartition where the event stands in {@code events}
 * @param eventsOffset where the event stands in {@code events}
 * @param recoveryId the manual retry or recovery that ended; null for the first time
 */
public record OutcomeRow(
        String deliveryId,
        String eventId,
        String eventType,
        String tenant,
        String webhookId,
        String profile,
        Outcome outcome,
        String reason,
        int attempts,
        @Nullable Integer lastHttpStatus,
        long occurredAtMs,
        long endedAtMs,
        boolean test,
        @Nullable Integer deliveriesPartition,
        @Nullable Long deliveriesOffset,
        int eventsPartition,
        long eventsOffset,
        @Nullable String recoveryId) {

    /** The endpoint was switched off by its tenant. */
    public static final String REASON_INACTIVE = "endpoint_inactive";
    /** The endpoint was disabled after too many failures. */
    public static final String REASON_DISABLED = "endpoint_disabled";
    /** The endpoint was deleted. */
    public static final String REASON_DELETED = "endpoint_deleted";
    /** The event does not fit the schema of the endpoint's profile. */
    public static final String REASON_SCHEMA = "schema_mismatch";
    /** The profile's body needs a field that the event does not carry. */
    public static final String REASON_INCOMPLETE = "event_incomplete";

    /** How a delivery ends. */
    public enum Outcome {
        @JsonProperty("delivered")
        DELIVERED,
        /** Retries exhausted. */
        @JsonProperty("failed")
        FAILED,
        /** The endpoint was disabled, switched off or deleted while the delivery waited. */
        @JsonProperty("discarded")
        DISCARDED,
        /** The endpoint was disabled or switched off when the event came, or could not take it. */
        @JsonProperty("skipped")
        SKIPPED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    public OutcomeRow {
        Objects.requireNonNull(deliveryId, "delivery_id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
    }
}
