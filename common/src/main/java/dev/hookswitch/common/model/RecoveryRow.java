package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic {@code recoveries} says of a recovery: what it was to put once more, and how far it has come.
 * Written in the transactions that put deliveries, so that it is never ahead of them nor behind. By the console alone.
 *
 * @param recoveryId names it
 * @param kind what it looks for
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id
 * @param state whether it has ended
 * @param sinceMs how far back it was to look, epoch milliseconds
 * @param ranges where it looks, fixed at its start: in {@code delivery-outcomes} or, for missed events, in {@code events}
 * @param found how many deliveries it found at its start
 * @param put how many it has put once more
 * @param gone how many it could not, because Kafka no longer keeps their payload
 * @param unfit how many it could not, because no body can be made of their event
 * @param last the last one that was dealt with, in their order; null when none was
 * @param startedAtMs epoch milliseconds
 * @param updatedAtMs epoch milliseconds
 */
public record RecoveryRow(
        String recoveryId,
        Kind kind,
        String tenant,
        String webhookId,
        State state,
        long sinceMs,
        List<Range> ranges,
        long found,
        long put,
        long gone,
        long unfit,
        @Nullable Place last,
        long startedAtMs,
        long updatedAtMs) {

    /** What a recovery looks for. */
    public enum Kind {
        /** Deliveries that ended without success. */
        @JsonProperty("undelivered")
        UNDELIVERED,
        /** Events of which the endpoint has no delivery. */
        @JsonProperty("missed")
        MISSED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** How a recovery stands. */
    public enum State {
        /** Not at its end; it may be interrupted. */
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        /** Given up before its end. */
        @JsonProperty("cancelled")
        CANCELLED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    /**
     * A part of a partition.
     *
     * @param fromOffset the first
     * @param untilOffset the one behind the last
     */
    public record Range(int partition, long fromOffset, long untilOffset) {}

    /** Where that stands of which a delivery is put once more. Their order is that in which a recovery deals with them. */
    public record Place(Source source, int partition, long offset) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::source)
                .thenComparingInt(Place::partition)
                .thenComparingLong(Place::offset);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** The topic of a place. */
    public enum Source {
        /** The delivery with its body. */
        @JsonProperty("deliveries")
        DELIVERIES,
        /** The event: there is no body yet. */
        @JsonProperty("events")
        EVENTS
    }

    public RecoveryRow {
        Objects.requireNonNull(recoveryId, "recovery_id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(state, "state");
        ranges = List.copyOf(Objects.requireNonNull(ranges, "ranges"));
    }

    public EndpointId endpoint() {
        return new EndpointId(tenant, webhookId);
    }

    /** How many have been dealt with. */
    public long dealtWith() {
        return put + gone + unfit;
    }

    /** The row after some more. */
    public RecoveryRow after(long morePut, long moreGone, long moreUnfit, @Nullable Place newLast, long nowMs) {
        return with(state, put + morePut, gone + moreGone, unfit + moreUnfit, newLast, nowMs);
    }

    /** The row at its end. */
    public RecoveryRow ended(State how, long nowMs) {
        return with(how, put, gone, unfit, last, nowMs);
    }

    private RecoveryRow with(
            State newState, long newPut, long newGone, long newUnfit, @Nullable Place newLast, long nowMs) {
        return new RecoveryRow(
                recoveryId,
                kind,
                tenant,
                webhookId,
                newState,
                sinceMs,
                ranges,
                found,
                newPut,
                newGone,
                newUnfit,
                newLast,
                startedAtMs,
                nowMs);
    }
}
