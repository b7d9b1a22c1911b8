package dev.hookswitch.common.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.json.StableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON Schemas (2020-12) of one profile's event types, compiled once. */
final class EventSchemas {
    private static final ObjectMapper JSON =
            new ObjectMapper(StableJson.factory().copy());

    private final String profile;
    private final Map<String, Schema> byType;

    EventSchemas(String profile, Map<String, Schema> byType) {
        this.profile = profile;
        this.byType = Map.copyOf(byType);
    }

    Optional<JsonNode> document(String eventType) {
        return Optional.ofNullable(byType.get(eventType)).map(Schema::getSchemaNode);
    }

    /** The ways in which the event's data breaks the schema of its type; a type without schema breaks nothing. */
    List<Problem> check(DomainEvent event) {
        Schema schema = byType.get(event.type());
        if (schema == null) {
            return List.of();
        }
        List<Error> errors;
        try {
            errors = schema.validate(JSON.readTree(event.dataJson()));
        } catch (IOException e) {
            throw new UncheckedIOException("data of an accepted event is JSON", e);
        }
        return errors.stream().map(error -> problem(event, error)).toList();
    }

    private Problem problem(DomainEvent event, Error error) {
        StringBuilder pointer = new StringBuilder("/data");
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer.append('/').append(escaped(String.valueOf(location.getElement(i))));
        }
        if ("required".equals(error.getKeyword()) && error.getProperty() != null) {
            pointer.append('/').append(escaped(error.getProperty()));
        }
        return new Problem(
                Problem.Reason.SCHEMA,
                pointer.toString(),
                "data does not fit " + event.type() + " of " + profile + ": " + error.getMessage());
    }

    private static String escaped(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }
}
