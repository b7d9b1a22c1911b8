package dev.hookswitch.common.model;

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
 * @param eventsPartition where the event stands in {@code events}
 * @param eventsOffset where the event stands in {@code events}
 * @param activation the subscription's activation when the delivery was made; a reader of {@code subscriptions} that has
 *     not seen it yet is behind
 * @param attempt the number of the attempt to make next, from 1
 * @param deferrals how often this attempt was put off because the endpoint was busy
 * @param origin where it stands in {@code deliveries}; null in that topic itself, where the record says so
 * @param test whether it is a test delivery
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
        @Nullable Origin origin,
        boolean test) {

    /**
     * A place in {@code deliveries}.
     *
     * @param partition of the topic
     * @param offset in the partition
     */
    public record Origin(int partition, long offset) {}

    public Delivery {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(endpoint, "endpoint");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more, was " + attempt);
        }
    }

    /** The record for the next attempt after a failed one. */
    public Delivery nextAttempt(Origin at) {
        return with(attempt + 1, 0, at);
    }

    /** The record for the same attempt, put off because the endpoint was busy. */
    public Delivery deferred(Origin at) {
        return with(attempt, deferrals + 1, at);
    }

    private Delivery with(int newAttempt, int newDeferrals, Origin at) {
        return new Delivery(
                id,
                endpoint,
                eventId,
                eventType,
                profile,
                occurredAtMs,
                eventsPartition,
                eventsOffset,
                activation,
                newAttempt,
                newDeferrals,
                at,
                test);
    }
}
