package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A {@link Delivery} as record headers: text values, readable with any Kafka tool. */
public final class DeliveryHeaders {
    private static final String ID = "hs-delivery-id";
    private static final String TENANT = "hs-tenant";
    private static final String WEBHOOK_ID = "hs-webhook-id";
    private static final String EVENT_ID = "hs-event-id";
    private static final String EVENT_TYPE = "hs-event-type";
    private static final String PROFILE = "hs-profile";
    private static final String OCCURRED_AT = "hs-occurred-at-ms";
    private static final String EVENTS_AT = "hs-events-at";
    private static final String ACTIVATION = "hs-activation";
    private static final String ATTEMPT = "hs-attempt";
    private static final String DEFERRALS = "hs-deferrals";
    private static final String TURN = "hs-turn";
    private static final String ORIGIN = "hs-deliveries-at";
    private static final String TEST = "hs-test";

    private DeliveryHeaders() {}

    public static Headers write(Delivery delivery) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, ID, delivery.id());
        add(headers, TENANT, delivery.endpoint().tenant());
        add(headers, WEBHOOK_ID, delivery.endpoint().webhookId());
        add(headers, EVENT_ID, delivery.eventId());
        add(headers, EVENT_TYPE, delivery.eventType());
        add(headers, PROFILE, delivery.profile());
        add(headers, OCCURRED_AT, Long.toString(delivery.occurredAtMs()));
        add(headers, EVENTS_AT, delivery.eventsPartition() + ":" + delivery.eventsOffset());
        add(headers, ACTIVATION, Long.toString(delivery.activation()));
        add(headers, ATTEMPT, Integer.toString(delivery.attempt()));
        if (delivery.deferrals() > 0) {
            add(headers, DEFERRALS, Integer.toString(delivery.deferrals()));
        }
        Delivery.Turn turn = delivery.turn();
        if (turn != null) {
            add(headers, TURN, turn.atMs() + ":" + turn.paceNanos());
        }
        Delivery.Origin origin = delivery.origin();
        if (origin != null) {
            add(headers, ORIGIN, origin.partition() + ":" + origin.offset());
        }
        if (delivery.test()) {
            add(headers, TEST, "true");
        }
        return headers;
    }

    /**
     * Reads the headers of a delivery.
     *
     * @throws IllegalArgumentException naming the header that is missing or malformed
     */
    public static Delivery read(Headers headers) {
        Delivery.Origin eventsAt = position(EVENTS_AT, required(headers, EVENTS_AT));
        String origin = optional(headers, ORIGIN);
        String deferrals = optional(headers, DEFERRALS);
        String turn = optional(headers, TURN);
        return new Delivery(
                required(headers, ID),
                new EndpointId(required(headers, TENANT), required(headers, WEBHOOK_ID)),
                required(headers, EVENT_ID),
                required(headers, EVENT_TYPE),
                required(headers, PROFILE),
                number(OCCURRED_AT, required(headers, OCCURRED_AT), 0, Long.MAX_VALUE),
                eventsAt.partition(),
                eventsAt.offset(),
                number(ACTIVATION, required(headers, ACTIVATION), 0, Long.MAX_VALUE),
                (int) number(ATTEMPT, required(headers, ATTEMPT), 1, Integer.MAX_VALUE),
                deferrals == null ? 0 : (int) number(DEFERRALS, deferrals, 0, Integer.MAX_VALUE),
                turn == null ? null : turn(turn),
                origin == null ? null : position(ORIGIN, origin),
                flag(TEST, optional(headers, TEST)));
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String required(Headers headers, String name) {
        String value = optional(headers, name);
        if (value == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, UTF_8);
    }

    private static boolean flag(String name, @Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new IllegalArgumentException("header " + name + " must be true or absent, was: " + text);
        }
        return text != null;
    }

    private static long number(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException(
                "header " + name + " must be a whole number from " + min + " to " + max + ", was: " + text);
    }

    private static Delivery.Turn turn(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("header " + TURN + " must be milliseconds:nanoseconds, was: " + text);
        }
        return new Delivery.Turn(
                number(TURN, text.substring(0, colon), 0, Long.MAX_VALUE),
                number(TURN, text.substring(colon + 1), 1, Long.MAX_VALUE));
    }

    private static Delivery.Origin position(String name, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("header " + name + " must be partition:offset, was: " + text);
        }
        return new Delivery.Origin(
                (int) number(name, text.substring(0, colon), 0, Integer.MAX_VALUE),
                number(name, text.substring(colon + 1), 0, Long.MAX_VALUE));
    }
}
