package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Delivery} as a record header: {@code name=value} fields with a space between, readable with any Kafka tool. One
 * header and not one for each field, since Kafka's client makes a new name of every header of every record: with fourteen
 * of them that was an eighth of a dispatcher's time.
 */
public final class DeliveryHeaders {
    /** The header's name. */
    public static final String NAME = "hs-delivery";

    private static final String ID = "id";
    private static final String TENANT = "tenant";
    private static final String WEBHOOK = "webhook";
    private static final String EVENT = "event";
    private static final String TYPE = "type";
    private static final String PROFILE = "profile";
    private static final String OCCURRED = "occurred-at-ms";
    private static final String EVENTS_AT = "events-at";
    private static final String ACTIVATION = "activation";
    private static final String ATTEMPT = "attempt";
    private static final String DEFERRALS = "deferrals";
    private static final String TURN = "turn";
    private static final String ORIGIN = "deliveries-at";
    private static final String TEST = "test";
    private static final String RECOVERY = "recovery";

    private DeliveryHeaders() {}

    /**
     * Writes the header.
     *
     * @throws IllegalArgumentException when a text has a character that is not printable ASCII, or a space
     */
    public static Headers write(Delivery delivery) {
        StringBuilder text = new StringBuilder(256);
        add(text, ID, delivery.id());
        add(text, TENANT, delivery.endpoint().tenant());
        add(text, WEBHOOK, delivery.endpoint().webhookId());
        add(text, EVENT, delivery.eventId());
        add(text, TYPE, delivery.eventType());
        add(text, PROFILE, delivery.profile());
        add(text, OCCURRED, Long.toString(delivery.occurredAtMs()));
        add(text, EVENTS_AT, delivery.eventsPartition() + ":" + delivery.eventsOffset());
        add(text, ACTIVATION, Long.toString(delivery.activation()));
        add(text, ATTEMPT, Integer.toString(delivery.attempt()));
        if (delivery.deferrals() > 0) {
            add(text, DEFERRALS, Integer.toString(delivery.deferrals()));
        }
        Delivery.Turn turn = delivery.turn();
        if (turn != null) {
            add(text, TURN, turn.atMs() + ":" + turn.paceNanos());
        }
        Delivery.Origin origin = delivery.origin();
        if (origin != null) {
            add(text, ORIGIN, origin.partition() + ":" + origin.offset());
        }
        if (delivery.test()) {
            add(text, TEST, "true");
        }
        String recoveryId = delivery.recoveryId();
        if (recoveryId != null) {
            add(text, RECOVERY, recoveryId);
        }
        return new RecordHeaders().add(NAME, text.toString().getBytes(US_ASCII));
    }

    private static void add(StringBuilder text, String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        name + " of a delivery must be printable ASCII without spaces, was: " + value);
            }
        }
        text.append(text.length() == 0 ? "" : " ").append(name).append('=').append(value);
    }

    /**
     * Reads the header.
     *
     * @throws IllegalArgumentException naming the field that is missing or malformed
     */
    public static Delivery read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        byte[] value = header == null ? null : header.value();
        if (value == null) {
            throw new IllegalArgumentException("header " + NAME + " is missing");
        }
        return new Fields(new String(value, US_ASCII)).delivery();
    }

    /** The fields of a header; of equal ones the last counts, those of a newer version are passed over. */
    private static final class Fields {
        private @Nullable String id;
        private @Nullable String tenant;
        private @Nullable String webhook;
        private @Nullable String event;
        private @Nullable String type;
        private @Nullable String profile;
        private @Nullable String occurredAt;
        private @Nullable String eventsAt;
        private @Nullable String activation;
        private @Nullable String attempt;
        private @Nullable String deferrals;
        private @Nullable String turn;
        private @Nullable String origin;
        private @Nullable String test;
        private @Nullable String recovery;

        Fields(String text) {
            for (int at = 0; at < text.length(); ) {
                int space = text.indexOf(' ', at);
                int end = space < 0 ? text.length() : space;
                int equals = text.indexOf('=', at);
                if (equals > at && equals < end) {
                    set(text.substring(at, equals), text.substring(equals + 1, end));
                }
                at = end + 1;
            }
        }

        private void set(String name, String value) {
            switch (name) {
                case ID -> id = value;
                case TENANT -> tenant = value;
                case WEBHOOK -> webhook = value;
                case EVENT -> event = value;
                case TYPE -> type = value;
                case PROFILE -> profile = value;
                case OCCURRED -> occurredAt = value;
                case EVENTS_AT -> eventsAt = value;
                case ACTIVATION -> activation = value;
                case ATTEMPT -> attempt = value;
                case DEFERRALS -> deferrals = value;
                case TURN -> turn = value;
                case ORIGIN -> origin = value;
                case TEST -> test = value;
                case RECOVERY -> recovery = value;
                default -> {}
            }
        }

        Delivery delivery() {
            Delivery.Origin events = position(EVENTS_AT, required(EVENTS_AT, eventsAt));
            return new Delivery(
                    required(ID, id),
                    new EndpointId(required(TENANT, tenant), required(WEBHOOK, webhook)),
                    required(EVENT, event),
                    required(TYPE, type),
                    required(PROFILE, profile),
                    number(OCCURRED, required(OCCURRED, occurredAt), 0, Long.MAX_VALUE),
                    events.partition(),
                    events.offset(),
                    number(ACTIVATION, required(ACTIVATION, activation), 0, Long.MAX_VALUE),
                    (int) number(ATTEMPT, required(ATTEMPT, attempt), 1, Integer.MAX_VALUE),
                    deferrals == null ? 0 : (int) number(DEFERRALS, deferrals, 0, Integer.MAX_VALUE),
                    turn == null ? null : turn(turn),
                    origin == null ? null : position(ORIGIN, origin),
                    flag(test),
                    recovery);
        }
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(field(name) + " is missing");
        }
        return value;
    }

    private static String field(String name) {
        return "field " + name + " of header " + NAME;
    }

    private static boolean flag(@Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new IllegalArgumentException(field(TEST) + " must be true or absent, was: " + text);
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
                field(name) + " must be a whole number from " + min + " to " + max + ", was: " + text);
    }

    private static Delivery.Turn turn(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(field(TURN) + " must be milliseconds:nanoseconds, was: " + text);
        }
        return new Delivery.Turn(
                number(TURN, text.substring(0, colon), 0, Long.MAX_VALUE),
                number(TURN, text.substring(colon + 1), 1, Long.MAX_VALUE));
    }

    private static Delivery.Origin position(String name, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(field(name) + " must be partition:offset, was: " + text);
        }
        return new Delivery.Origin(
                (int) number(name, text.substring(0, colon), 0, Integer.MAX_VALUE),
                number(name, text.substring(colon + 1), 0, Long.MAX_VALUE));
    }
}
