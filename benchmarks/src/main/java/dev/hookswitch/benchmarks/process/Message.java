package dev.hookswitch.benchmarks.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One line between a benchmark and a process that it started: a word and {@code key=value} fields, parted by spaces.
 *
 * @param word what it is about
 * @param fields in order; values without spaces
 */
public record Message(String word, Map<String, String> fields) {
    public Message {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Message of(String word) {
        return new Message(word, Map.of());
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when a field has no equals sign
     */
    public static Message parse(String line) {
        List<String> parts = List.of(line.strip().split(" +"));
        return ofFields(parts.get(0), parts.subList(1, parts.size()));
    }

    /**
     * A message of these {@code key=value} fields, for instance the arguments of a main method.
     *
     * @throws IllegalArgumentException when one has no equals sign
     */
    public static Message ofFields(String word, List<String> fields) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("field must be key=value, was: " + field);
            }
            read.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return new Message(word, read);
    }

    /** This message with one more field. */
    public Message with(String key, Object value) {
        String text = value.toString();
        if (text.indexOf(' ') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(key + " must have no spaces, was: " + text);
        }
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(key, text);
        return new Message(word, more);
    }

    /**
     * The value of a field.
     *
     * @throws IllegalArgumentException when there is no such field
     */
    public String text(String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException(word + " lacks " + key + ": " + line());
        }
        return value;
    }

    /**
     * A field that is a whole number.
     *
     * @throws IllegalArgumentException when there is no such field, or it is none
     */
    public long number(String key) {
        return Long.parseLong(text(key));
    }

    /**
     * A field that is a whole number and fits.
     *
     * @throws IllegalArgumentException when there is no such field, or it is none
     */
    public int integer(String key) {
        return Integer.parseInt(text(key));
    }

    /** The fields but for these. */
    public Map<String, String> fieldsWithout(String... keys) {
        Map<String, String> others = new LinkedHashMap<>(fields);
        others.keySet().removeAll(List.of(keys));
        return others;
    }

    /** The fields as arguments of a main method. */
    public List<String> arguments() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .toList();
    }

    public String line() {
        return word + arguments().stream().map(argument -> " " + argument).collect(Collectors.joining());
    }
}
