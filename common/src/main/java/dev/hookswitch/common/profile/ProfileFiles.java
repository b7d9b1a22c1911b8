package dev.hookswitch.common.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one profile, read with errors that name the file and the field. */
final class ProfileFiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new IsoDuration()))
            .build();

    private static final SpecificationVersion DIALECT = SpecificationVersion.DRAFT_2020_12;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(DIALECT);
    private final String profile;
    private final Source source;

    ProfileFiles(String profile, Source source) {
        this.profile = profile;
        this.source = source;
    }

    /** Where the files come from. */
    interface Source {
        byte[] read(String file) throws IOException;
    }

    Profile profile() throws IOException {
        Profile read = read("profile.json", Profile.class);
        if (!read.name().equals(profile)) {
            throw problem("profile.json", "name must be that of its folder, was: " + read.name(), null);
        }
        return read;
    }

    Schema schema(String eventType) throws IOException {
        String file = "events/" + eventType + ".schema.json";
        JsonNode document = object(file);
        List<Error> errors =
                registry.getSchema(SchemaLocation.of(DIALECT.getDialectId())).validate(document);
        if (!errors.isEmpty()) {
            throw problem(file, "is no JSON Schema: " + errors.get(0), null);
        }
        try {
            Schema schema = registry.getSchema(document);
            schema.initializeValidators();
            return schema;
        } catch (RuntimeException e) {
            // What the library throws for a reference or a pattern that it cannot use.
            throw problem(file, "is no JSON Schema: " + e.getMessage(), e);
        }
    }

    /** The sample, which must fit the schema: it is what receivers are shown and sent. */
    JsonNode sample(String eventType, Schema schema) throws IOException {
        String file = "events/" + eventType + ".sample.json";
        JsonNode sample = object(file);
        List<Error> errors = schema.validate(sample);
        if (!errors.isEmpty()) {
            throw problem(file, "does not fit its schema: " + errors.get(0), null);
        }
        return sample;
    }

    private JsonNode object(String file) throws IOException {
        JsonNode node = read(file, JsonNode.class);
        if (!node.isObject()) {
            throw problem(file, "must be a JSON object", null);
        }
        return node;
    }

    private <T> T read(String file, Class<T> type) throws IOException {
        byte[] bytes;
        try {
            bytes = source.read(file);
        } catch (IOException e) {
            throw problem(file, "cannot be read: " + e, e);
        }
        try {
            T read = JSON.readValue(bytes, type);
            if (read == null) {
                throw problem(file, "must be a JSON object", null);
            }
            return read;
        } catch (JsonProcessingException e) {
            throw problem(file, rule(e), e);
        }
    }

    private IOException problem(String file, String rule, @Nullable Throwable cause) {
        return new IOException("profile " + profile + ", " + file + ": " + rule, cause);
    }

    /** The path to the field, and what our own check or else the reader says of it. */
    private static String rule(JsonProcessingException e) {
        StringBuilder rule = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() == null) {
                    rule.append('[').append(step.getIndex()).append(']');
                } else {
                    rule.append(rule.length() == 0 ? "" : ".").append(step.getFieldName());
                }
            }
        }
        rule.append(rule.length() == 0 ? "" : ": ");
        String what =
                e.getCause() instanceof IllegalArgumentException ours ? ours.getMessage() : e.getOriginalMessage();
        return rule.append(what).toString();
    }

    private static final class IsoDuration extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        IsoDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(text, Duration.class, "must be a duration such as PT5S (ISO 8601)");
            }
        }
    }
}
