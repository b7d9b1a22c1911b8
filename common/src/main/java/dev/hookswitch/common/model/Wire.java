package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * JSON form of the rows that our own topics carry: snake_case names, absent rather than null, unknown fields ignored, so
 * that an older reader survives a newer writer.
 */
public final class Wire {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Wire() {}

    public static byte[] write(Object row) {
        try {
            return MAPPER.writeValueAsBytes(row);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + row.getClass().getSimpleName(), e);
        }
    }

    /** The same bytes, for the rows that there are most of. */
    public static byte[] write(AttemptRow row) {
        return RowWriter.write(row);
    }

    /** The same bytes, for the rows that there are most of. */
    public static byte[] write(OutcomeRow row) {
        return RowWriter.write(row);
    }

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException when the bytes are not such a row; the message says where
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T row = MAPPER.readValue(json, type);
            if (row == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " must not be null");
            }
            return row;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
