package dev.hookswitch.common.profile;

import static dev.hookswitch.common.profile.DocumentedEvent.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The shipped catalogue has every documented type, and each schema demands what is always there and no more. */
class VendorCatalogueTest {
    private static final String EVENTS = "dev.hookswitch.common.profile.DocumentedEvent#ALL";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void indexNamesTheThreeProfiles() {
        assertThat(DocumentedEvent.read(PROFILES + "index.json"))
                .map(JsonNode::asText)
                .containsExactly("ringyo", "ring-tonic", "standard");
    }

    @ParameterizedTest
    @CsvSource({"ringyo,14", "ring-tonic,9"})
    void profileAndFilesCoverExactlyTheDocumentedTypes(String profile, int count) {
        List<String> types = DocumentedEvent.ALL.stream()
                .filter(it -> it.profile().equals(profile))
                .map(DocumentedEvent::type)
                .toList();
        assertThat(types).hasSize(count);

        JsonNode listed =
                DocumentedEvent.read(PROFILES + profile + "/profile.json").path("event_types");
        assertThat(JsonFields.texts(listed, "type")).containsExactlyElementsOf(types);
        assertThat(JsonFields.texts(listed, "description")).doesNotContain("");
        assertThat(DocumentedEvent.fileNames(PROFILES + profile + "/events"))
                .containsExactlyInAnyOrderElementsOf(types.stream()
                        .flatMap(it -> Stream.of(it + ".schema.json", it + ".sample.json"))
                        .toList());
    }

    @Test
    void standardProfileTakesAnyType() {
        JsonNode standard = DocumentedEvent.read(PROFILES + "standard/profile.json");
        assertThat(standard.path("event_types").isNull()).isTrue();
        assertThat(DocumentedEvent.fileNames(PROFILES + "standard")).containsExactly("profile.json");
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void schemaIsValidAndStandsAlone(DocumentedEvent event) {
        JsonNode schema = event.schema();
        assertThat(DocumentedEvent.registry()
                        .getSchema(SchemaLocation.of(DIALECT))
                        .validate(schema))
                .isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo(DIALECT);
        assertThat(schema.path("$id").asText())
                .isEqualTo("https://hookswitch.dev/schemas/" + event.profile() + "/" + event.type() + ".json");
        assertThat(schema.path("$comment").asText())
                .as("why these fields are demanded")
                .isNotEmpty();
        assertThat(schema.findValues("$ref")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void acceptsTheSample(DocumentedEvent event) {
        assertThat(event.errors(event.sample())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void acceptsUnknownFieldsAtEveryLevel(DocumentedEvent event) {
        ObjectNode data = event.sample();
        List<ObjectNode> objects = new ArrayList<>(List.of(data));
        data.forEach(it -> {
            if (it instanceof ObjectNode nested) {
                objects.add(nested);
            }
        });
        objects.forEach(it -> it.putObject("hookswitch_unknown").put("any", 1));
        assertThat(event.errors(data)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void refusesDataThatIsNotAnObject(DocumentedEvent event) {
        for (JsonNode other : List.of(NODES.arrayNode(), NODES.textNode("x"), NODES.numberNode(1), NODES.nullNode())) {
            assertThat(event.errors(other)).as("%s", other).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void refusesTheSampleWithoutADemandedField(DocumentedEvent event) {
        for (String pointer : event.demanded()) {
            ObjectNode data = event.sample();
            JsonFields.remove(data, pointer);
            assertThat(event.errors(data)).as("without %s", pointer).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void refusesADemandedFieldOfAnotherType(DocumentedEvent event) {
        List<JsonNode> values = List.of(
                NODES.textNode("x"),
                NODES.numberNode(17),
                NODES.numberNode(1.5),
                NODES.booleanNode(true),
                NODES.objectNode(),
                NODES.arrayNode(),
                NODES.nullNode());
        for (String pointer : event.demanded()) {
            JsonNode right = event.sample().at(pointer);
            for (JsonNode wrong : values) {
                boolean mayBeNull = wrong.isNull() && pointer.equals("/visitor_session");
                if (!sameType(right, wrong) && !mayBeNull) {
                    ObjectNode data = event.sample();
                    JsonFields.set(data, pointer, wrong);
                    assertThat(event.errors(data)).as("%s = %s", pointer, wrong).isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void demandsNothingElse(DocumentedEvent event) {
        ObjectNode data = event.sample();
        List<String> innermostFirst = JsonFields.pointers(data);
        Collections.reverse(innermostFirst);
        for (String pointer : innermostFirst) {
            if (!event.demanded().contains(pointer)) {
                JsonFields.remove(data, pointer);
            }
        }
        assertThat(event.errors(data)).as("%s", data).isEmpty();
    }

    @ParameterizedTest
    @FieldSource(EVENTS)
    void everyOtherFieldMayBeNullOrAbsent(DocumentedEvent event) {
        for (String pointer : JsonFields.pointers(event.sample())) {
            if (!event.demanded().contains(pointer)) {
                ObjectNode data = event.sample();
                JsonFields.set(data, pointer, NODES.nullNode());
                assertThat(event.errors(data)).as("%s = null", pointer).isEmpty();
                JsonFields.remove(data, pointer);
                assertThat(event.errors(data)).as("without %s", pointer).isEmpty();
            }
        }
    }

    private static boolean sameType(JsonNode one, JsonNode other) {
        return one.getNodeType() == other.getNodeType() && one.isIntegralNumber() == other.isIntegralNumber();
    }
}
