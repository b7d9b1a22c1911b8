package dev.hookswitch.console.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.config.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a body. What has the wrong type is refused with the field and the rule, never with its value. */
final class Fields {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int UNPROCESSABLE = 422;
    private static final int MAX_SHOWN = 64;

    private final ObjectNode node;

    private Fields(ObjectNode node) {
        this.node = node;
    }

    /**
     * Reads a body; an empty one has no fields.
     *
     * @throws ApiError when it is not an object of JSON, or has another field
     */
    static Fields read(byte[] body, String... known) {
        if (body.length == 0) {
            return new Fields(JSON.createObjectNode());
        }
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        } catch (IOException e) {
            throw notJson(null);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new ApiError(400, "invalid_json", "the body must be a JSON object");
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            requireKnown(names.next(), List.of(known));
        }
        return new Fields(object);
    }

    private static ApiError notJson(@Nullable JsonLocation at) {
        // Not the parser's own message: it may quote what stands there.
        if (at == null) {
            return new ApiError(400, "invalid_json", "the body must be JSON in UTF-8");
        }
        return new ApiError(
                400,
                "invalid_json",
                "the body must be JSON with each field once; it is not at line " + at.getLineNr() + ", column "
                        + at.getColumnNr(),
                Map.of("line", at.getLineNr(), "column", at.getColumnNr()),
                Map.of());
    }

    private static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            String hint = Nearest.to(name, known)
                    .map(near -> ", did you mean " + near + "?")
                    .orElse("");
            throw ApiError.field(
                    UNPROCESSABLE,
                    "unknown_field",
                    shown(name),
                    known.isEmpty()
                            ? "the body must have no fields"
                            : "fields must be among " + String.join(", ", known) + hint);
        }
    }

    /** At most 64 characters of a name from outside, visible ASCII. */
    static String shown(String name) {
        String cut = name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "..." : name;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static ApiError broken(String field, String rule) {
        return ApiError.field(UNPROCESSABLE, "invalid_" + field, field, field + " " + rule);
    }

    /** Whether the field is there, be it null. */
    boolean has(String field) {
        return node.has(field);
    }

    private Optional<JsonNode> value(String field) {
        JsonNode value = node.get(field);
        if (value != null && value.isNull()) {
            throw broken(field, "must not be null");
        }
        return Optional.ofNullable(value);
    }

    boolean isNull(String field) {
        return node.has(field) && node.get(field).isNull();
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> broken(field, "is required"));
    }

    Optional<String> text(String field) {
        return value(field).map(value -> {
            if (!value.isTextual()) {
                throw broken(field, "must be a text");
            }
            return value.textValue();
        });
    }

    Optional<String> word(String field, String... words) {
        return text(field).map(word -> {
            if (!List.of(words).contains(word)) {
                throw broken(field, "must be " + String.join(" or ", words));
            }
            return word;
        });
    }

    Optional<Boolean> flag(String field) {
        return value(field).map(value -> {
            if (!value.isBoolean()) {
                throw broken(field, "must be true or false");
            }
            return value.booleanValue();
        });
    }

    Optional<Double> number(String field) {
        return value(field).map(value -> {
            if (!value.isNumber()) {
                throw broken(field, "must be a number");
            }
            return value.doubleValue();
        });
    }

    Set<String> requiredTexts(String field) {
        List<String> list = texts(field).orElseThrow(() -> broken(field, "is required"));
        return new HashSet<>(list);
    }

    Optional<List<String>> texts(String field) {
        return value(field).map(value -> {
            List<String> list = new ArrayList<>();
            if (value.isArray()) {
                value.forEach(item -> {
                    if (item.isTextual()) {
                        list.add(item.textValue());
                    }
                });
            }
            if (!value.isArray() || list.size() != value.size()) {
                throw broken(field, "must be a list of texts");
            }
            return list;
        });
    }

    Optional<Map<String, String>> textsByName(String field) {
        return value(field).map(value -> {
            Map<String, String> map = new LinkedHashMap<>();
            value.properties().forEach(entry -> {
                if (entry.getValue().isTextual()) {
                    map.put(entry.getKey(), entry.getValue().textValue());
                }
            });
            if (!value.isObject() || map.size() != value.size()) {
                throw broken(field, "must be an object of texts");
            }
            return map;
        });
    }
}
