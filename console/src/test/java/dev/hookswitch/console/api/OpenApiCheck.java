package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Holds answers against the description of the API. */
final class OpenApiCheck {
    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    OpenApiCheck() {
        try {
            document = new ObjectMapper().readTree(OpenApi.document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operations, by verb and path with names in braces. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue());
                    }
                }));
        return operations;
    }

    /** The codes of errors. */
    Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/Error/properties/error/properties/code/enum")
                .forEach(code -> codes.add(code.asText()));
        return codes;
    }

    /** Fails when the description has no such answer. A path or verb that it does not have is answered with an error. */
    void check(String verb, String target, int status, String contentType, JsonNode body) {
        assertThat(contentType).isEqualTo("application/json");
        JsonNode response = response(verb, target, status);
        JsonNode schema = response.at("/content/application~1json/schema");
        assertThat(schema.isMissingNode())
                .as("%s %s %s is described", verb, target, status)
                .isFalse();
        assertThat(schemas.computeIfAbsent(schema.toString(), key -> compiled(schema))
                        .validate(body))
                .as("%s %s %s: %s", verb, target, status, schema)
                .isEmpty();
    }

    private JsonNode response(String verb, String target, int status) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        Routes routes = new Routes(handler -> handler);
        operations().keySet().forEach(name -> {
            String[] words = name.split(" ", 2);
            routes.addForEverybody(words[0], words[1], call -> {
                throw new IllegalStateException("only to be found");
            });
        });
        JsonNode response;
        try {
            Routes.Route route = routes.find(verb, path).route();
            response = Objects.requireNonNull(operations().get(route.verb() + " " + route.path()))
                    .at("/responses/" + status);
        } catch (ApiError e) {
            assertThat(status).isEqualTo(e.status());
            response = document.at("/components/responses/E" + status);
        }
        JsonNode reference = response.get("$ref");
        return reference == null ? response : document.at(reference.textValue().substring(1));
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return registry.getSchema(whole);
    }

    /** Every reference in the document, so that a test can look whether it leads somewhere. */
    void checkReferences() {
        checkReferences(document);
    }

    private void checkReferences(JsonNode node) {
        JsonNode reference = node.get("$ref");
        if (reference != null) {
            assertThat(document.at(reference.textValue().substring(1)).isMissingNode())
                    .as("%s leads nowhere", reference)
                    .isFalse();
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            checkReferences(children.next());
        }
    }
}
