package dev.hookswitch.common.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.hookswitch.common.json.StableJson;
import dev.hookswitch.common.json.StableValue;
import dev.hookswitch.common.model.TenantRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Hookswitch's JSON envelope: {@code id, type, tenant, occurred_at, about_endpoint?, workspace?, data}. Unknown fields
 * pass and are dropped. Of duplicate fields the last wins, as in JavaScript. Holds no state of a parse: safe for several
 * threads.
 */
public final class EventParser {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");
    private static final int MAX_TYPE_CHARS = 64;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final int maxBytes;

    /** @param maxBytes the largest record that is taken */
    public EventParser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reads one record's value. Never throws for what is in it. */
    public ParsedEvent parse(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return refused(Problem.Reason.EMPTY, "", "the record must have a value");
        }
        if (value.length > maxBytes) {
            return refused(
                    Problem.Reason.TOO_LARGE,
                    "",
                    "the record must have at most " + maxBytes + " bytes (events.max-bytes), has " + value.length);
        }
        try (JsonParser parser = StableJson.parser(value)) {
            return new Reading(maxBytes).read(parser);
        } catch (StreamConstraintsException e) {
            return refused(Problem.Reason.LIMIT_EXCEEDED, "", located(e));
        } catch (JsonProcessingException e) {
            return refused(Problem.Reason.NOT_JSON, "", located(e));
        } catch (IOException e) {
            // Jackson reports invalid UTF-8 this way.
            return refused(Problem.Reason.NOT_JSON, "", "the record must be JSON in UTF-8: " + e.getMessage());
        }
    }

    private static String located(JsonProcessingException e) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return "the record must be one JSON document: " + e.getOriginalMessage() + " at byte " + at;
    }

    private static ParsedEvent refused(Problem.Reason reason, String pointer, String message) {
        return new ParsedEvent.Refused(new Problem(reason, pointer, message));
    }

    /** Collects the fields of one document. */
    private static final class Reading {
        private final int maxBytes;
        private final Field id = new Field("id");
        private final Field type = new Field("type");
        private final Field tenant = new Field("tenant");
        private final Field occurredAt = new Field("occurred_at");
        private final Field aboutEndpoint = new Field("about_endpoint");
        private @Nullable StableValue workspace;
        private boolean workspaceIsObject;
        private @Nullable StableValue data;
        private boolean dataIsObject;

        Reading(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        ParsedEvent read(JsonParser parser) throws IOException {
            JsonToken start = parser.nextToken();
            if (start != JsonToken.START_OBJECT) {
                // Read on, so that what is not JSON at all is reported as that.
                parser.skipChildren();
                return start == null || parser.nextToken() != null
                        ? notOneDocument()
                        : refused(Problem.Reason.NOT_AN_OBJECT, "", "the record must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken first = parser.nextToken();
                switch (name) {
                    case "id" -> id.take(parser);
                    case "type" -> type.take(parser);
                    case "tenant" -> tenant.take(parser);
                    case "occurred_at" -> occurredAt.take(parser);
                    case "about_endpoint" -> aboutEndpoint.take(parser);
                    case "workspace" -> {
                        workspaceIsObject = first == JsonToken.START_OBJECT;
                        workspace = first == JsonToken.VALUE_NULL ? null : StableJson.read(parser);
                    }
                    case "data" -> {
                        dataIsObject = first == JsonToken.START_OBJECT;
                        data = StableJson.read(parser);
                    }
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                return notOneDocument();
            }
            return check();
        }

        private static ParsedEvent notOneDocument() {
            return refused(Problem.Reason.NOT_JSON, "", "the record must be one JSON document, no less and no more");
        }

        private ParsedEvent check() {
            Problem problem = firstOf(
                    id.problem(ID, 128, "1 to 128 visible ASCII characters"),
                    type.problem(TYPE, MAX_TYPE_CHARS, "words of letters, digits and _ joined by dots, at most 64"),
                    tenant.problem(TenantRow.NAME, 64, "1 to 64 letters, digits, _ . : or -"),
                    occurredAt.problem(null, 64, "an RFC 3339 time"),
                    aboutEndpoint.problemIfPresent(ID, 128, "a webhook id, 1 to 128 visible ASCII characters"));
            if (problem != null) {
                return new ParsedEvent.Refused(problem);
            }
            Instant time = time(occurredAt.required());
            if (time == null) {
                return refused(
                        Problem.Reason.INVALID_FIELD,
                        "/occurred_at",
                        "occurred_at must be an RFC 3339 time from 1970 to 9999, such as 2026-01-15T14:30:00Z");
            }
            if (workspace != null && !workspaceIsObject) {
                return refused(Problem.Reason.INVALID_FIELD, "/workspace", "workspace must be an object or null");
            }
            if (data == null) {
                return refused(Problem.Reason.MISSING_FIELD, "/data", "data is required");
            }
            if (!dataIsObject) {
                return refused(Problem.Reason.INVALID_FIELD, "/data", "data must be an object");
            }
            int stableBytes = data.utf8().length + (workspace == null ? 0 : workspace.utf8().length);
            if (stableBytes > maxBytes) {
                return refused(
                        Problem.Reason.TOO_LARGE,
                        "",
                        "data and workspace must have at most " + maxBytes
                                + " bytes (events.max-bytes) with numbers written" + " out as JavaScript does, have "
                                + stableBytes);
            }
            int unstable = data.unstableNumbers() + (workspace == null ? 0 : workspace.unstableNumbers());
            return new ParsedEvent.Accepted(new DomainEvent(
                    id.required(),
                    type.required(),
                    tenant.required(),
                    time,
                    aboutEndpoint.text(),
                    workspace == null ? null : workspace.utf8(),
                    data.utf8(),
                    unstable));
        }

        private static @Nullable Instant time(String text) {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant();
                return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
            } catch (DateTimeException e) {
                return null;
            }
        }

        private static @Nullable Problem firstOf(@Nullable Problem... problems) {
            for (Problem problem : problems) {
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }
    }

    /** A text field of the envelope. */
    private static final class Field {
        private final String name;
        private @Nullable String text;
        private boolean present;

        Field(String name) {
            this.name = name;
        }

        void take(JsonParser parser) throws IOException {
            present = true;
            text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
            parser.skipChildren();
        }

        @Nullable String text() {
            return text;
        }

        String required() {
            if (text == null) {
                throw new IllegalStateException(name + " was not checked");
            }
            return text;
        }

        @Nullable Problem problemIfPresent(Pattern form, int maxChars, String rule) {
            return present ? problem(form, maxChars, rule) : null;
        }

        @Nullable Problem problem(@Nullable Pattern form, int maxChars, String rule) {
            if (!present) {
                return new Problem(Problem.Reason.MISSING_FIELD, "/" + name, name + " is required");
            }
            if (text == null
                    || text.length() > maxChars
                    || (form != null && !form.matcher(text).matches())) {
                return new Problem(Problem.Reason.INVALID_FIELD, "/" + name, name + " must be text: " + rule);
            }
            return null;
        }
    }
}
