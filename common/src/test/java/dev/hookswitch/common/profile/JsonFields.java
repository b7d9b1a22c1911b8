package dev.hookswitch.common.profile;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Fields of a JSON object by pointer. */
final class JsonFields {
    private JsonFields() {}

    /** Pointers to every field of an object and of the objects in it, in document order. */
    static List<String> pointers(JsonNode object) {
        List<String> found = new ArrayList<>();
        collect(object, "", found);
        return found;
    }

    private static void collect(JsonNode object, String prefix, List<String> found) {
        object.fieldNames().forEachRemaining(field -> {
            String pointer = prefix + "/" + field;
            found.add(pointer);
            collect(object.path(field), pointer, found);
        });
    }

    static void set(ObjectNode data, String pointer, JsonNode value) {
        parent(data, pointer).set(name(pointer), value);
    }

    /** Fails when the field is not there. */
    static void remove(ObjectNode data, String pointer) {
        if (parent(data, pointer).remove(name(pointer)) == null) {
            throw new AssertionError("no " + pointer + " in " + data);
        }
    }

    /** The texts of {@code field} in each object of an array. */
    static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(it -> texts.add(it.path(field).asText()));
        return texts;
    }

    private static ObjectNode parent(ObjectNode data, String pointer) {
        return (ObjectNode) data.at(JsonPointer.compile(pointer).head());
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
