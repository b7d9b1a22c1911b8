package dev.hookswitch.common.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows that every delivery leaves behind, field by field: the same bytes as {@link Wire#write} in half the time,
 * which was a tenth of a dispatcher's.
 */
final class RowWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 768;

    private static final SerializedString KIND = new SerializedString("kind");
    private static final SerializedString DELIVERY_ID = new SerializedString("delivery_id");
    private static final SerializedString EVENT_ID = new SerializedString("event_id");
    private static final SerializedString EVENT_TYPE = new SerializedString("event_type");
    private static final SerializedString TENANT = new SerializedString("tenant");
    private static final SerializedString WEBHOOK_ID = new SerializedString("webhook_id");
    private static final SerializedString PROFILE = new SerializedString("profile");
    private static final SerializedString ACTIVATION = new SerializedString("activation");
    private static final SerializedString ATTEMPT = new SerializedString("attempt");
    private static final SerializedString MAX_ATTEMPTS = new SerializedString("max_attempts");
    private static final SerializedString RESULT = new SerializedString("result");
    private static final SerializedString HTTP_STATUS = new SerializedString("http_status");
    private static final SerializedString DECISION = new SerializedString("decision");
    private static final SerializedString NEXT_TIER = new SerializedString("next_tier");
    private static final SerializedString STARTED_AT = new SerializedString("started_at_ms");
    private static final SerializedString DURATION = new SerializedString("duration_ms");
    private static final SerializedString TEST = new SerializedString("test");
    private static final SerializedString OCCURRED_AT = new SerializedString("occurred_at_ms");
    private static final SerializedString DELIVERIES_PARTITION = new SerializedString("deliveries_partition");
    private static final SerializedString DELIVERIES_OFFSET = new SerializedString("deliveries_offset");
    private static final SerializedString EVENTS_PARTITION = new SerializedString("events_partition");
    private static final SerializedString EVENTS_OFFSET = new SerializedString("events_offset");
    private static final SerializedString INSTANCE = new SerializedString("instance");
    private static final SerializedString RECOVERY_ID = new SerializedString("recovery_id");
    private static final SerializedString OUTCOME = new SerializedString("outcome");
    private static final SerializedString REASON = new SerializedString("reason");
    private static final SerializedString ATTEMPTS = new SerializedString("attempts");
    private static final SerializedString LAST_HTTP_STATUS = new SerializedString("last_http_status");
    private static final SerializedString ENDED_AT = new SerializedString("ended_at_ms");

    private static final Words<AttemptRow.Kind> KINDS = new Words<>(AttemptRow.Kind.class);
    private static final Words<AttemptRow.Decision> DECISIONS = new Words<>(AttemptRow.Decision.class);
    private static final Words<AttemptResult> RESULTS = new Words<>(AttemptResult.class);
    private static final Words<OutcomeRow.Outcome> OUTCOMES = new Words<>(OutcomeRow.Outcome.class);

    private RowWriter() {}

    /** The wire names of an enumeration: its names in lower case. */
    private static final class Words<E extends Enum<E>> {
        private final Map<E, SerializedString> words;

        Words(Class<E> type) {
            words = new EnumMap<>(type);
            for (E constant : type.getEnumConstants()) {
                words.put(constant, new SerializedString(constant.name().toLowerCase(Locale.ROOT)));
            }
        }

        void write(JsonGenerator json, SerializedString field, @Nullable E value) throws IOException {
            SerializedString word = value == null ? null : words.get(value);
            if (word != null) {
                json.writeFieldName(field);
                json.writeString(word);
            }
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] write(AttemptRow row) {
        return object(json -> {
            KINDS.write(json, KIND, row.kind());
            text(json, DELIVERY_ID, row.deliveryId());
            text(json, EVENT_ID, row.eventId());
            text(json, EVENT_TYPE, row.eventType());
            text(json, TENANT, row.tenant());
            text(json, WEBHOOK_ID, row.webhookId());
            text(json, PROFILE, row.profile());
            number(json, ACTIVATION, row.activation());
            number(json, ATTEMPT, row.attempt());
            number(json, MAX_ATTEMPTS, row.maxAttempts());
            RESULTS.write(json, RESULT, row.result());
            number(json, HTTP_STATUS, row.httpStatus());
            DECISIONS.write(json, DECISION, row.decision());
            text(json, NEXT_TIER, row.nextTier());
            number(json, STARTED_AT, row.startedAtMs());
            number(json, DURATION, row.durationMs());
            flag(json, TEST, row.test());
            number(json, OCCURRED_AT, row.occurredAtMs());
            number(json, DELIVERIES_PARTITION, row.deliveriesPartition());
            number(json, DELIVERIES_OFFSET, row.deliveriesOffset());
            number(json, EVENTS_PARTITION, row.eventsPartition());
            number(json, EVENTS_OFFSET, row.eventsOffset());
            text(json, INSTANCE, row.instance());
            text(json, RECOVERY_ID, row.recoveryId());
        });
    }

    static byte[] write(OutcomeRow row) {
        return object(json -> {
            text(json, DELIVERY_ID, row.deliveryId());
            text(json, EVENT_ID, row.eventId());
            text(json, EVENT_TYPE, row.eventType());
            text(json, TENANT, row.tenant());
            text(json, WEBHOOK_ID, row.webhookId());
            text(json, PROFILE, row.profile());
            OUTCOMES.write(json, OUTCOME, row.outcome());
            text(json, REASON, row.reason());
            number(json, ATTEMPTS, row.attempts());
            number(json, LAST_HTTP_STATUS, row.lastHttpStatus());
            number(json, OCCURRED_AT, row.occurredAtMs());
            number(json, ENDED_AT, row.endedAtMs());
            flag(json, TEST, row.test());
            number(json, DELIVERIES_PARTITION, row.deliveriesPartition());
            number(json, DELIVERIES_OFFSET, row.deliveriesOffset());
            number(json, EVENTS_PARTITION, row.eventsPartition());
            number(json, EVENTS_OFFSET, row.eventsOffset());
            text(json, RECOVERY_ID, row.recoveryId());
        });
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void text(JsonGenerator json, SerializedString field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeFieldName(field);
            json.writeString(value);
        }
    }

    private static void number(JsonGenerator json, SerializedString field, long value) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(value);
    }

    private static void number(JsonGenerator json, SerializedString field, @Nullable Number value) throws IOException {
        if (value != null) {
            number(json, field, value.longValue());
        }
    }

    private static void flag(JsonGenerator json, SerializedString field, boolean value) throws IOException {
        json.writeFieldName(field);
        json.writeBoolean(value);
    }
}
