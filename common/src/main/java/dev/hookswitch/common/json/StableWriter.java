package dev.hookswitch.common.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one value, from the parser to the buffer in a single pass. Recursion is bounded by the parser's nesting limit. */
final class StableWriter {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonParser parser;
    private final JsonBytes out;
    private final NumberText numbers = new NumberText();
    private char[] key = new char[64];
    /** One for each object around the current one, and those left over from deeper places. */
    private final List<ObjectMembers> levels = new ArrayList<>();

    private int depth;
    private int unstable;

    StableWriter(JsonParser parser, int expectedBytes) {
        this.parser = parser;
        this.out = new JsonBytes(expectedBytes);
    }

    /** Writes the value whose first token is the current one. */
    StableValue write() throws IOException {
        value(parser.currentToken());
        return new StableValue(out.toByteArray(), unstable);
    }

    private void value(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new JsonEOFException(parser, null, "A JSON value must start here");
        }
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> out.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> out.write(TRUE, 0, TRUE.length);
            case VALUE_FALSE -> out.write(FALSE, 0, FALSE.length);
            case VALUE_NULL -> out.write(NULL, 0, NULL.length);
            default -> throw unexpected(token);
        }
    }

    private void object() throws IOException {
        ObjectMembers members = openMembers();
        out.write('{');
        String name = parser.nextFieldName();
        while (name != null) {
            if (!members.isEmpty()) {
                out.write(',');
            }
            members.add(name, out.length(), unstable);
            key(name);
            value(parser.nextToken());
            name = parser.nextFieldName();
        }
        unstable = members.close(out, unstable);
        out.write('}');
        depth--;
    }

    private ObjectMembers openMembers() {
        if (depth == levels.size()) {
            levels.add(new ObjectMembers());
        }
        ObjectMembers members = levels.get(depth++);
        members.open();
        return members;
    }

    private void key(String name) {
        if (name.length() > key.length) {
            key = new char[name.length()];
        }
        name.getChars(0, name.length(), key, 0);
        out.string(key, 0, name.length());
        out.write(':');
    }

    private void array() throws IOException {
        out.write('[');
        JsonToken token = parser.nextToken();
        for (boolean first = true; token != JsonToken.END_ARRAY; first = false) {
            if (!first) {
                out.write(',');
            }
            value(token);
            token = parser.nextToken();
        }
        out.write(']');
    }

    private void number(JsonToken token) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (length == 0 || text[from + length - 1] > '9') {
            // NaN or Infinity, from a lenient parser.
            throw unexpected(token);
        }
        boolean stable = token == JsonToken.VALUE_NUMBER_INT
                ? numbers.writeInteger(text, from, length, out)
                : numbers.writeDecimal(text, from, length, out);
        if (!stable) {
            unstable++;
        }
    }

    private JsonParseException unexpected(JsonToken token) {
        return new JsonParseException(parser, "A JSON value cannot be or start with " + token);
    }
}
