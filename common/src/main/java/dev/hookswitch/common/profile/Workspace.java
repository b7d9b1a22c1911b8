package dev.hookswitch.common.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.json.StableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event's workspace as bodies carry it: {@code id} and {@code name}, in this order, and nothing else. */
final class Workspace {
    private final Field id = new Field("id", "a string or a number");
    private final Field name = new Field("name", "a string");

    private Workspace() {}

    /** Reads the stable JSON of a workspace object. */
    static Workspace read(byte[] stableJson) {
        Workspace workspace = new Workspace();
        try (JsonParser parser = StableJson.parser(stableJson)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                boolean text = value == JsonToken.VALUE_STRING;
                switch (field) {
                    case "id" -> workspace.id.take(parser, text || value.isNumeric());
                    case "name" -> workspace.name.take(parser, text);
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace of an accepted event is JSON", e);
        }
        return workspace;
    }

    /** What a body that carries the workspace lacks. */
    static Optional<Problem> problem(DomainEvent event, String profile) {
        byte[] json = event.workspaceJson();
        if (json == null) {
            return Optional.of(new Problem(
                    Problem.Reason.MISSING_FIELD, "/workspace", "workspace is required by the profile " + profile));
        }
        Workspace workspace = read(json);
        return workspace.id.problem(profile).or(() -> workspace.name.problem(profile));
    }

    /**
     * Stable JSON of the two fields.
     *
     * @throws IllegalStateException when one is missing or of another type
     */
    byte[] write() {
        return ("{\"id\":" + id.required() + ",\"name\":" + name.required() + "}").getBytes(UTF_8);
    }

    /** One of the two fields. */
    private static final class Field {
        private final String field;
        private final String rule;
        private boolean present;
        private @Nullable String json;

        Field(String field, String rule) {
            this.field = field;
            this.rule = rule;
        }

        void take(JsonParser parser, boolean fits) throws IOException {
            present = true;
            if (fits) {
                json = new String(StableJson.read(parser).utf8(), UTF_8);
            }
            parser.skipChildren();
        }

        Optional<Problem> problem(String profile) {
            if (json != null) {
                return Optional.empty();
            }
            return Optional.of(new Problem(
                    present ? Problem.Reason.INVALID_FIELD : Problem.Reason.MISSING_FIELD,
                    "/workspace/" + field,
                    "workspace." + field + (present ? " must be " + rule + ", as required" : " is required")
                            + " by the profile " + profile));
        }

        String required() {
            if (json == null) {
                throw new IllegalStateException("workspace." + field + " was not checked");
            }
            return json;
        }
    }
}
