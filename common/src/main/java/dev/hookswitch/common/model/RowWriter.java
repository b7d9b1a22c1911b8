package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows that every delivery leaves behind, field by field: the same bytes as {@link Wire#write} in a fraction of
 * the time, which was a tenth of a dispatcher's.
 */
final class RowWriter {
    private static final int USUAL_BYTES = 768;
    private static final int MOST_DIGITS = 20;
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);

    private static final Map<AttemptRow.Kind, String> KINDS = words(AttemptRow.Kind.class);
    private static final Map<AttemptRow.Decision, String> DECISIONS = words(AttemptRow.Decision.class);
    private static final Map<OutcomeRow.Outcome, String> OUTCOMES = words(OutcomeRow.Outcome.class);

    private byte[] json = new byte[USUAL_BYTES];
    private int length;

    private RowWriter() {}

    /** The wire names of an enumeration: its names in lower case. */
    private static <E extends Enum<E>> Map<E, String> words(Class<E> type) {
        Map<E, String> words = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            words.put(constant, constant.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    static byte[] write(AttemptRow row) {
        return new RowWriter()
                .text("kind", KINDS.get(row.kind()))
                .text("delivery_id", row.deliveryId())
                .text("event_id", row.eventId())
                .text("event_type", row.eventType())
                .text("tenant", row.tenant())
                .text("webhook_id", row.webhookId())
                .text("profile", row.profile())
                .number("activation", row.activation())
                .number("attempt", row.attempt())
                .number("max_attempts", row.maxAttempts())
                .text("result", row.result() == null ? null : row.result().wireName())
                .number("http_status", row.httpStatus())
                .text("decision", DECISIONS.get(row.decision()))
                .text("next_tier", row.nextTier())
                .number("started_at_ms", row.startedAtMs())
                .number("duration_ms", row.durationMs())
                .flag("test", row.test())
                .number("occurred_at_ms", row.occurredAtMs())
                .number("deliveries_partition", row.deliveriesPartition())
                .number("deliveries_offset", row.deliveriesOffset())
                .number("events_partition", row.eventsPartition())
                .number("events_offset", row.eventsOffset())
                .text("instance", row.instance())
                .text("recovery_id", row.recoveryId())
                .bytes();
    }

    static byte[] write(OutcomeRow row) {
        return new RowWriter()
                .text("delivery_id", row.deliveryId())
                .text("event_id", row.eventId())
                .text("event_type", row.eventType())
                .text("tenant", row.tenant())
                .text("webhook_id", row.webhookId())
                .text("profile", row.profile())
                .text("outcome", OUTCOMES.get(row.outcome()))
                .text("reason", row.reason())
                .number("attempts", row.attempts())
                .number("last_http_status", row.lastHttpStatus())
                .number("occurred_at_ms", row.occurredAtMs())
                .number("ended_at_ms", row.endedAtMs())
                .flag("test", row.test())
                .number("deliveries_partition", row.deliveriesPartition())
                .number("deliveries_offset", row.deliveriesOffset())
                .number("events_partition", row.eventsPartition())
                .number("events_offset", row.eventsOffset())
                .text("recovery_id", row.recoveryId())
                .bytes();
    }

    private void name(String name) {
        reserve(name.length() + 4);
        put(length == 0 ? '{' : ',');
        put('"');
        for (int i = 0; i < name.length(); i++) {
            put(name.charAt(i));
        }
        put('"');
        put(':');
    }

    private RowWriter text(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        name(name);
        reserve(value.length() + 2);
        int begin = length;
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isPlain(c)) {
                length = begin;
                put(Wire.write(value));
                return this;
            }
            put(c);
        }
        put('"');
        return this;
    }

    /** Whether it stands in JSON as it is. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }

    private RowWriter number(String name, long value) {
        name(name);
        reserve(MOST_DIGITS);
        if (value < 0) {
            put(Long.toString(value).getBytes(US_ASCII));
            return this;
        }
        int end = length + digits(value);
        long rest = value;
        for (int at = end - 1; at >= length; at--) {
            json[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private RowWriter number(String name, @Nullable Number value) {
        return value == null ? this : number(name, value.longValue());
    }

    private RowWriter flag(String name, boolean value) {
        name(name);
        put(value ? TRUE : FALSE);
        return this;
    }

    private byte[] bytes() {
        reserve(1);
        put('}');
        return Arrays.copyOf(json, length);
    }

    private void put(byte[] some) {
        reserve(some.length);
        System.arraycopy(some, 0, json, length, some.length);
        length += some.length;
    }

    /** ASCII, where room is reserved. */
    private void put(char c) {
        json[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (json.length - length < more) {
            json = Arrays.copyOf(json, Math.max(2 * json.length, length + more));
        }
    }
}
