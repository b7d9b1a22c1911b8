package dev.hookswitch.common.model;

import dev.hookswitch.common.event.DomainEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What travels in the headers beside the body of a delivery, in {@code deliveries}, the tiers and {@code deliveries-due}.
 *
 * @param id the delivery's id, the same on every attempt
 * @param endpoint where it goes
 * @param eventId the event's id
 * @param eventType the event's type
 * @param profile the profile that made the body
 * @param occurredAtMs when the event happened, epoch milliseconds
 * @param eventsPartition where the event stands in {@code events}; 0 for a test delivery, whose sample stands nowhere
 * @param eventsOffset where the event stands in {@code events}; 0 for a test delivery
 * @param activation the subscription's activation when the delivery was made; a reader of {@code subscriptions} that has
 *     not seen it yet is behind
 * @param attempt the number of the attempt to make next, from 1
 * @param deferrals how often this attempt was put off
 * @param turn when this attempt is to be made at a busy endpoint; null when it was not put off for that
 * @param origin where it stands in {@code deliveries}; null in that topic itself, where the record says so
 * @param test whether it is a test delivery
 * @param recoveryId the manual retry or recovery that put it once more; null for the first time
 */
public record Delivery(
        String id,
        EndpointId endpoint,
        String eventId,
        String eventType,
        String profile,
        long occurredAtMs,
        int eventsPartition,
        long eventsOffset,
        long activation,
        int attempt,
        int deferrals,
        @Nullable Turn turn,
        @Nullable Origin origin,
        boolean test,
        @Nullable String recoveryId) {

    /**
     * A place in {@code deliveries}.
     *
     * @param partition of the topic
     * @param offset in the partition
     */
    public record Origin(int partition, long offset) {}

    /**
     * A place in {@code events}.
     *
     * @param partition of the topic
     * @param offset in the partition
     */
    public record EventAt(int partition, long offset) {}

    /**
     * A place among the deliveries that wait for a busy endpoint. Its time was reckoned from the pace; when the pace has
     * changed since, the time that is left changes with it.
     *
     * @param atMs epoch milliseconds
     * @param paceNanos how long the endpoint took for each delivery when the time was reckoned
     */
    public record Turn(long atMs, long paceNanos) {
        public Turn {
            if (atMs < 0) {
                throw new IllegalArgumentException("turn must not be before 1970, was " + atMs);
            }
            if (paceNanos < 1) {
                throw new IllegalArgumentException("pace of a turn must be 1 ns or more, was " + paceNanos);
            }
        }
    }

    public Delivery {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(endpoint, "endpoint");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, was " + attempt);
        }
    }

    /**
     * The delivery of an event to an endpoint, before its first attempt.
     *
     * @param profile that makes the body
     * @param eventAt where the event stands in the log
     * @param activation the subscription's now
     */
    public static Delivery of(
            EndpointId endpoint, DomainEvent event, String profile, EventAt eventAt, long activation) {
        return new Delivery(
                DeliveryId.of(endpoint, event.id(), event.occurredAt()),
                endpoint,
                event.id(),
                event.type(),
                profile,
                event.occurredAt().toEpochMilli(),
                eventAt.partition(),
                eventAt.offset(),
                activation,
                1,
                0,
                null,
                null,
                false,
                null);
    }

    /** The delivery of a sample, which stands in no log of events, marked as a test. */
    public static Delivery ofSample(EndpointId endpoint, DomainEvent sample, String profile, long activation) {
        return new Delivery(
                DeliveryId.of(endpoint, sample.id(), sample.occurredAt()),
                endpoint,
                sample.id(),
                sample.type(),
                profile,
                sample.occurredAt().toEpochMilli(),
                0,
                0,
                activation,
                1,
                0,
                null,
                null,
                true,
                null);
    }

    /** The record for the next attempt after a failed one. */
    public Delivery nextAttempt(Origin at) {
        return with(attempt + 1, 0, null, at);
    }

    /** The record for the same attempt, put off for a reason that is not its endpoint's pace. */
    public Delivery deferred(Origin at) {
        return with(attempt, deferrals + 1, turn, at);
    }

    /** The record for the same attempt, put off because the endpoint was busy. */
    public Delivery deferredUntil(Turn newTurn, Origin at) {
        return with(attempt, deferrals + 1, newTurn, at);
    }

    /**
     * The record that puts the delivery once more, from its first attempt on. It is the same delivery with the same id; what
     * becomes of it is told apart by the recovery.
     *
     * @param newRecoveryId names the manual retry or the recovery
     * @param newActivation the subscription's now
     * @param at where it stands in {@code deliveries}; null in that topic itself
     */
    public Delivery onceMore(String newRecoveryId, long newActivation, @Nullable Origin at) {
        return with(newActivation, 1, 0, null, at, newRecoveryId);
    }

    private Delivery with(int newAttempt, int newDeferrals, @Nullable Turn newTurn, Origin at) {
        return with(activation, newAttempt, newDeferrals, newTurn, at, recoveryId);
    }

    private Delivery with(
            long newActivation,
            int newAttempt,
            int newDeferrals,
            @Nullable Turn newTurn,
            @Nullable Origin at,
            @Nullable String newRecoveryId) {
        return new Delivery(
                id,
                endpoint,
                eventId,
                eventType,
                profile,
                occurredAtMs,
                eventsPartition,
                eventsOffset,
                newActivation,
                newAttempt,
                newDeferrals,
                newTurn,
                at,
                test,
                newRecoveryId);
    }
}
