package dev.hookswitch.common.profile;

import static dev.hookswitch.common.profile.DocumentedEvent.PAGES;
import static dev.hookswitch.common.profile.DocumentedEvent.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped schemas, samples and envelopes agree with the payloads that the vendors' pages show. */
class VendorPagesTest {
    private static final String EXAMPLES = "dev.hookswitch.common.profile.DocumentedEvent#withExampleOnThePage";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void everyExampleOfThePagesIsThere() {
        assertThat(DocumentedEvent.withExampleOnThePage())
                .map(DocumentedEvent::toString)
                .containsExactlyInAnyOrder(
                        "ringyo call.completed",
                        "ringyo appointment.created",
                        "ring-tonic call.completed",
                        "ring-tonic call.blocked",
                        "ring-tonic recording.available",
                        "ring-tonic transcription.available",
                        "ring-tonic lead.qualified",
                        "ring-tonic voicemail.received",
                        "ring-tonic voicemail.transcribed");
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void schemaAcceptsTheExample(DocumentedEvent event) {
        assertThat(event.page().path("event").asText()).isEqualTo(event.type());
        assertThat(event.errors(event.page().path("data"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void schemaKnowsTheTypeOfEveryFieldOfTheExample(DocumentedEvent event) {
        assertKnowsTheTypes(event, event.page().path("data"));
    }

    @ParameterizedTest
    @CsvSource({"call., call.completed", "appointment., appointment.created", "agent., call.completed"})
    void schemasOfARingyoFamilyKnowTheTypesOfItsExample(String family, String type) {
        JsonNode example = DocumentedEvent.read(PAGES + "ringyo/" + type + ".json");
        List<DocumentedEvent> events = DocumentedEvent.ALL.stream()
                .filter(it -> it.profile().equals("ringyo") && it.type().startsWith(family))
                .toList();
        assertThat(events).hasSizeGreaterThan(1);
        events.forEach(it -> assertKnowsTheTypes(it, example.path("data")));
    }

    @ParameterizedTest
    @MethodSource("ringTonicCalls")
    void schemaOfARingTonicCallKnowsTheTypesOfTheBase(DocumentedEvent event) {
        assertKnowsTheTypes(
                event,
                DocumentedEvent.read(PAGES + "ring-tonic/call.completed.json").path("data"));
    }

    /** Of the example's fields that the sample has too; what was extracted from a call may be of any type. */
    private static void assertKnowsTheTypes(DocumentedEvent event, JsonNode example) {
        List<String> pointers = JsonFields.pointers(example);
        pointers.retainAll(JsonFields.pointers(event.sample()));
        pointers.removeIf(it -> it.startsWith("/extracted_data/"));
        assertThat(pointers).isNotEmpty();
        for (String pointer : pointers) {
            for (JsonNode wrong : valuesOfAnotherType(example.at(pointer))) {
                ObjectNode data = event.sample();
                JsonFields.set(data, pointer, wrong);
                assertThat(event.errors(data))
                        .as("%s = %s of %s", pointer, wrong, event)
                        .isNotEmpty();
            }
        }
    }

    /** A field that the page shows as null is one that may be text. */
    private static List<JsonNode> valuesOfAnotherType(JsonNode documented) {
        JsonNodeType right = documented.isNull() ? JsonNodeType.STRING : documented.getNodeType();
        return Stream.<JsonNode>of(
                        NODES.textNode("x"), NODES.numberNode(1.5), NODES.booleanNode(true), NODES.objectNode())
                .filter(it -> it.getNodeType() != right)
                .toList();
    }

    @ParameterizedTest
    @MethodSource(EXAMPLES)
    void sampleHasEveryFieldOfTheExample(DocumentedEvent event) {
        assertThat(JsonFields.pointers(event.sample()))
                .containsAll(JsonFields.pointers(event.page().path("data")));
    }

    @ParameterizedTest
    @MethodSource("ringTonicCalls")
    void sampleOfARingTonicCallHasTheWholeBaseInThePagesOrder(DocumentedEvent event) {
        JsonNode base = DocumentedEvent.read(PAGES + "ring-tonic/call.completed.json");
        assertThat(JsonFields.pointers(event.sample()))
                .startsWith(JsonFields.pointers(base.path("data")).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("ringTonicCalls")
    void ringTonicCallMayBeOfNoKnownVisitor(DocumentedEvent event) {
        assertThat(event.errors(event.sample().putNull("visitor_session"))).isEmpty();
    }

    @Test
    void tagsOfALeadAreTexts() {
        DocumentedEvent lead = ringTonicCalls().stream()
                .filter(it -> it.type().equals("lead.qualified"))
                .findFirst()
                .orElseThrow();
        for (JsonNode tag : List.of(NODES.numberNode(17), NODES.nullNode(), NODES.objectNode())) {
            ObjectNode data = lead.sample();
            data.withArray("/tags").add(tag);
            assertThat(lead.errors(data)).as("tag %s", tag).isNotEmpty();
        }
    }

    @Test
    void eightRingTonicTypesShareTheBase() {
        assertThat(ringTonicCalls()).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "ringyo, ringyo-structure",
        "ringyo, ringyo/call.completed",
        "ringyo, ringyo/appointment.created",
        "ring-tonic, ring-tonic/call.completed",
        "ring-tonic, ring-tonic/call.blocked"
    })
    void envelopeAndTimeFormatAreThoseOfThePage(String profileName, String file) {
        JsonNode page = DocumentedEvent.read(PAGES + file + ".json");
        JsonNode profile = DocumentedEvent.read(PROFILES + profileName + "/profile.json");
        List<String> fields = JsonFields.texts(profile.path("envelope"), "field");
        assertThat(page.fieldNames()).toIterable().containsExactlyElementsOf(fields);

        int timeAt = JsonFields.texts(profile.path("envelope"), "value").indexOf("occurred_at");
        String time = page.path(fields.get(timeAt)).asText();
        String rewritten = DateTimeFormatter.ofPattern(
                        profile.path("time_format").asText())
                .format(OffsetDateTime.parse(time).toInstant().atOffset(ZoneOffset.UTC));
        assertThat(rewritten).isEqualTo(time);
    }

    static List<DocumentedEvent> ringTonicCalls() {
        return DocumentedEvent.ALL.stream()
                .filter(DocumentedEvent::sharesTheBase)
                .toList();
    }
}
