package dev.hookswitch.common.model;

import java.time.Instant;

/**
 * Makes delivery ids: {@code msg_} and 26 Crockford base-32 digits, 48 bits of the event's time in milliseconds and 80
 * bits of SHA-256 over tenant, webhook id and event id. A function of event and endpoint, so that a replay names the same
 * delivery; sorts by time as text.
 */
public final class DeliveryId {
    private static final String PREFIX = "msg_";

    private DeliveryId() {}

    /** The id of the delivery of an event to an endpoint. */
    public static String of(EndpointId endpoint, String eventId, Instant occurredAt) {
        return SortableId.of(PREFIX, occurredAt.toEpochMilli(), endpoint.tenant(), endpoint.webhookId(), eventId);
    }

    /**
     * When the event of the delivery happened, epoch milliseconds.
     *
     * @throws IllegalArgumentException when the text is no delivery id
     */
    public static long occurredAtMs(String id) {
        return SortableId.epochMillis(PREFIX, id)
                .orElseThrow(() -> new IllegalArgumentException("delivery id must be msg_ and 26 digits in base 32"));
    }
}
