package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.EnumMap;
import java.util.Map;
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

    /** In the order in which they are written. */
    private enum Field {
        ID("id"),
        TENANT("tenant"),
        WEBHOOK("webhook"),
        EVENT("event"),
        TYPE("type"),
        PROFILE("profile"),
        OCCURRED("occurred-at-ms"),
        EVENTS_AT("events-at"),
        ACTIVATION("activation"),
        ATTEMPT("attempt"),
        DEFERRALS("deferrals"),
        TURN("turn"),
        ORIGIN("deliveries-at"),
        TEST("test"),
        RECOVERY("recovery");

        private static final Field[] ALL = values();

        private final String wireName;

        Field(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String toString() {
            return "field " + wireName + " of header " + NAME;
        }
    }

    private DeliveryHeaders() {}

    /**
     * Writes the header.
     *
     * @throws IllegalArgumentException when a text has a character that is not printable ASCII, or a space
     */
    public static Headers write(Delivery delivery) {
        StringBuilder text = new StringBuilder(256);
        add(text, Field.ID, delivery.id());
        add(text, Field.TENANT, delivery.endpoint().tenant());
        add(text, Field.WEBHOOK, delivery.endpoint().webhookId());
        add(text, Field.EVENT, delivery.eventId());
        add(text, Field.TYPE, delivery.eventType());
        add(text, Field.PROFILE, delivery.profile());
        add(text, Field.OCCURRED, Long.toString(delivery.occurredAtMs()));
        add(text, Field.EVENTS_AT, delivery.eventsPartition() + ":" + delivery.eventsOffset());
        add(text, Field.ACTIVATION, Long.toString(delivery.activation()));
        add(text, Field.ATTEMPT, Integer.toString(delivery.attempt()));
        if (delivery.deferrals() > 0) {
            add(text, Field.DEFERRALS, Integer.toString(delivery.deferrals()));
        }
        Delivery.Turn turn = delivery.turn();
        if (turn != null) {
            add(text, Field.TURN, turn.atMs() + ":" + turn.paceNanos());
        }
        Delivery.Origin origin = delivery.origin();
        if (origin != null) {
            add(text, Field.ORIGIN, origin.partition() + ":" + origin.offset());
        }
        if (delivery.test()) {
            add(text, Field.TEST, "true");
        }
        String recoveryId = delivery.recoveryId();
        if (recoveryId != null) {
            add(text, Field.RECOVERY, recoveryId);
        }
        return new RecordHeaders().add(NAME, text.toString().getBytes(US_ASCII));
    }

    private static void add(StringBuilder text, Field field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        field.wireName + " of a delivery must be printable ASCII without spaces, was: " + value);
            }
        }
        text.append(text.length() == 0 ? "" : " ")
                .append(field.wireName)
                .append('=')
                .append(value);
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
        /** Never filled: a copy of it need not ask for all constants anew. */
        private static final EnumMap<Field, String> NONE = new EnumMap<>(Field.class);

        private final Map<Field, String> values = new EnumMap<>(NONE);

        Fields(String text) {
            int expected = 0;
            for (int at = 0; at < text.length(); ) {
                int space = text.indexOf(' ', at);
                int end = space < 0 ? text.length() : space;
                int equals = text.indexOf('=', at);
                if (equals > at && equals < end) {
                    int field = find(text, at, equals - at, expected);
                    if (field >= 0) {
                        values.put(Field.ALL[field], text.substring(equals + 1, end));
                        expected = field + 1;
                    }
                }
                at = end + 1;
            }
        }

        /** Looks first where it is when the order is the usual one; -1 when there is no such field. */
        private static int find(String text, int at, int length, int expected) {
            for (int i = 0; i < Field.ALL.length; i++) {
                int field = (expected + i) % Field.ALL.length;
                String name = Field.ALL[field].wireName;
                if (name.length() == length && text.startsWith(name, at)) {
                    return field;
                }
            }
            return -1;
        }

        Delivery delivery() {
            Delivery.Origin events = position(Field.EVENTS_AT, required(Field.EVENTS_AT));
            String turn = values.get(Field.TURN);
            String origin = values.get(Field.ORIGIN);
            return new Delivery(
                    required(Field.ID),
                    new EndpointId(required(Field.TENANT), required(Field.WEBHOOK)),
                    required(Field.EVENT),
                    required(Field.TYPE),
                    required(Field.PROFILE),
                    number(Field.OCCURRED, required(Field.OCCURRED), 0, Long.MAX_VALUE),
                    events.partition(),
                    events.offset(),
                    number(Field.ACTIVATION, required(Field.ACTIVATION), 0, Long.MAX_VALUE),
                    (int) number(Field.ATTEMPT, required(Field.ATTEMPT), 1, Integer.MAX_VALUE),
                    (int) number(Field.DEFERRALS, values.getOrDefault(Field.DEFERRALS, "0"), 0, Integer.MAX_VALUE),
                    turn == null ? null : turn(turn),
                    origin == null ? null : position(Field.ORIGIN, origin),
                    flag(values.get(Field.TEST)),
                    values.get(Field.RECOVERY));
        }

        private String required(Field field) {
            String value = values.get(field);
            if (value == null) {
                throw new IllegalArgumentException(field + " is missing");
            }
            return value;
        }
    }

    private static boolean flag(@Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new IllegalArgumentException(Field.TEST + " must be true or absent, was: " + text);
        }
        return text != null;
    }

    private static long number(Field field, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException(
                field + " must be a whole number from " + min + " to " + max + ", was: " + text);
    }

    private static Delivery.Turn turn(String text) {
        int colon = colon(Field.TURN, text, "milliseconds:nanoseconds");
        return new Delivery.Turn(
                number(Field.TURN, text.substring(0, colon), 0, Long.MAX_VALUE),
                number(Field.TURN, text.substring(colon + 1), 1, Long.MAX_VALUE));
    }

    private static Delivery.Origin position(Field field, String text) {
        int colon = colon(field, text, "partition:offset");
        return new Delivery.Origin(
                (int) number(field, text.substring(0, colon), 0, Integer.MAX_VALUE),
                number(field, text.substring(colon + 1), 0, Long.MAX_VALUE));
    }

    private static int colon(Field field, String text, String form) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(field + " must be " + form + ", was: " + text);
        }
        return colon;
    }
}
