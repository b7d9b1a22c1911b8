package dev.hookswitch.common.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the shipped profiles, schemas and samples against what the vendors' pages document.
 *
 * <p>The list of types and of demanded fields is written out here a second time, on purpose.
 */
class VendorCatalogueTest {
    private static final String PROFILES = "/dev/hookswitch/common/profile/";
    private static final String PAGES = "/vendor-pages/";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A type, and the fields of its data that its schema demands, as JSON pointers. */
    private record Documented(String profile, String type, List<String> demanded) {
        @Override
        public String toString() {
            return profile + " " + type;
        }
    }

    static final List<Documented> DOCUMENTED = List.of(
            ringyo("call.initiated", "/call_id"),
            ringyo("call.answered", "/call_id"),
            ringyo("call.completed", "/call_id", "/duration_seconds"),
            ringyo("call.failed", "/call_id"),
            ringyo("call.transferred", "/call_id"),
            ringyo("appointment.created", "/appointment_id", "/date"),
            ringyo("appointment.updated", "/appointment_id"),
            ringyo("appointment.cancelled", "/appointment_id"),
            ringyo("appointment.reminder", "/appointment_id"),
            ringyo("agent.created"),
            ringyo("agent.updated"),
            ringyo("phone_number.assigned"),
            ringyo("phone_number.released"),
            ringyo("credits.low"),
            ringTonicCall("call.started"),
            ringTonicCall("call.completed", "/duration"),
            ringTonicCall("call.missed"),
            new Documented("ring-tonic", "call.blocked", List.of("/blocked_number", "/called_number")),
            ringTonicCall("recording.available", "/duration", "/recording_url"),
            ringTonicCall("transcription.available", "/duration", "/transcription"),
            ringTonicCall("lead.qualified", "/lead_status", "/qualified_at"),
            ringTonicCall("voicemail.received", "/voicemail", "/voicemail/recording_url", "/voicemail/duration"),
            ringTonicCall(
                    "voicemail.transcribed",
                    "/voicemail",
                    "/voicemail/recording_url",
                    "/voicemail/duration",
                    "/voicemail/transcription",
                    "/voicemail/transcribed_at"));

    private static Documented ringyo(String type, String... demanded) {
        return new Documented("ringyo", type, List.of(demanded));
    }

    /** One of the eight types that share the full base payload. */
    private static Documented ringTonicCall(String type, String... own) {
        List<String> demanded = new ArrayList<>(List.of(
                "/call_log_id",
                "/twilio_call_sid",
                "/from_number",
                "/tracking_number",
                "/status",
                "/is_first_time_caller",
                "/visitor_session",
                "/started_at"));
        demanded.addAll(List.of(own));
        return new Documented("ring-tonic", type, demanded);
    }

    @Test
    void indexNamesTheThreeProfiles() {
        assertThat(texts(read(PROFILES + "index.json"))).containsExactly("ringyo", "ring-tonic", "standard");
    }

    @ParameterizedTest
    @CsvSource({"ringyo,14", "ring-tonic,9"})
    void profileAndFilesCoverExactlyTheDocumentedTypes(String profile, int count) {
        List<String> types = DOCUMENTED.stream()
                .filter(it -> it.profile().equals(profile))
                .map(Documented::type)
                .toList();
        assertThat(types).hasSize(count);

        JsonNode eventTypes = read(PROFILES + profile + "/profile.json").path("event_types");
        assertThat(texts(eventTypes, "type")).containsExactlyElementsOf(types);
        assertThat(texts(eventTypes, "description")).hasSize(count).doesNotContain("");
        assertThat(fileNames(PROFILES + profile + "/events"))
                .containsExactlyInAnyOrderElementsOf(types.stream()
                        .flatMap(it -> Stream.of(it + ".schema.json", it + ".sample.json"))
                        .toList());
    }

    @Test
    void standardProfileTakesAnyType() {
        assertThat(read(PROFILES + "standard/profile.json").path("event_types").isNull())
                .isTrue();
        assertThat(VendorCatalogueTest.class.getResource(PROFILES + "standard/events"))
                .isNull();
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void schemaIsValidAndStandsAlone(Documented event) {
        JsonNode schema = schema(event);
        assertThat(registry().getSchema(SchemaLocation.of(DIALECT)).validate(schema))
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
    @FieldSource("DOCUMENTED")
    void acceptsTheSample(Documented event) {
        assertThat(errors(event, sample(event))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void acceptsUnknownFieldsAtEveryLevel(Documented event) {
        ObjectNode data = sample(event);
        List<ObjectNode> objects = new ArrayList<>(List.of(data));
        data.forEach(it -> {
            if (it instanceof ObjectNode nested) {
                objects.add(nested);
            }
        });
        objects.forEach(it -> it.putObject("hookswitch_unknown").put("any", 1));
        assertThat(errors(event, data)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void refusesDataThatIsNotAnObject(Documented event) {
        for (JsonNode other : List.of(NODES.arrayNode(), NODES.textNode("x"), NODES.numberNode(1), NODES.nullNode())) {
            assertThat(errors(event, other)).as("%s", other).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void refusesTheSampleWithoutADemandedField(Documented event) {
        for (String pointer : event.demanded()) {
            ObjectNode data = sample(event);
            assertThat(parent(data, pointer).remove(name(pointer)))
                    .as("%s in the sample", pointer)
                    .isNotNull();
            assertThat(errors(event, data)).as("without %s", pointer).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void refusesADemandedFieldOfAnotherType(Documented event) {
        List<JsonNode> values = List.of(
                NODES.textNode("x"),
                NODES.numberNode(17),
                NODES.numberNode(1.5),
                NODES.booleanNode(true),
                NODES.objectNode(),
                NODES.arrayNode(),
                NODES.nullNode());
        for (String pointer : event.demanded()) {
            JsonNode right = sample(event).at(pointer);
            for (JsonNode wrong : values) {
                boolean mayBeNull = wrong.isNull() && pointer.equals("/visitor_session");
                if (sameType(right, wrong) || mayBeNull) {
                    continue;
                }
                ObjectNode data = sample(event);
                parent(data, pointer).set(name(pointer), wrong);
                assertThat(errors(event, data)).as("%s = %s", pointer, wrong).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void demandsNothingElse(Documented event) {
        ObjectNode data = sample(event);
        for (String pointer : pointers(data, "")) {
            if (!event.demanded().contains(pointer) && parent(data, pointer) instanceof ObjectNode parent) {
                parent.remove(name(pointer));
            }
        }
        assertThat(errors(event, data)).as("%s", data).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void everyOtherFieldMayBeNull(Documented event) {
        for (String pointer : pointers(sample(event), "")) {
            if (!event.demanded().contains(pointer)) {
                ObjectNode data = sample(event);
                parent(data, pointer).putNull(name(pointer));
                assertThat(errors(event, data)).as("%s = null", pointer).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void ringTonicCallOfNoKnownVisitorIsAccepted(Documented event) {
        if (event.demanded().contains("/visitor_session")) {
            assertThat(errors(event, sample(event).putNull("visitor_session"))).isEmpty();
        } else {
            assertThat(sample(event).has("visitor_session")).isFalse();
        }
    }

    @Test
    void everyExampleOfThePagesIsThere() {
        assertThat(pageExamples())
                .map(Documented::toString)
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
    @MethodSource("pageExamples")
    void acceptsThePagesExample(Documented event) {
        assertThat(page(event).path("event").asText()).isEqualTo(event.type());
        assertThat(errors(event, page(event).path("data"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pageExamples")
    void knowsTheTypeOfEveryFieldOnThePage(Documented event) {
        JsonNode nowhereDocumented = NODES.arrayNode().add(NODES.arrayNode());
        for (String pointer : pointers(page(event).path("data"), "")) {
            if (!pointer.startsWith("/extracted_data/")) {
                ObjectNode data = page(event).withObject("/data");
                parent(data, pointer).set(name(pointer), nowhereDocumented);
                assertThat(errors(event, data)).as("%s", pointer).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pageExamples")
    void sampleHasEveryFieldOnThePage(Documented event) {
        assertThat(pointers(sample(event), "")).containsAll(pointers(page(event).path("data"), ""));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTED")
    void sampleOfARingTonicCallHasTheWholeBaseInThePagesOrder(Documented event) {
        List<String> base =
                pointers(read(PAGES + "ring-tonic/call.completed.json").path("data"), "");
        if (event.demanded().contains("/visitor_session")) {
            assertThat(pointers(sample(event), "")).startsWith(base.toArray(String[]::new));
        }
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
        JsonNode page = read(PAGES + file + ".json");
        JsonNode profile = read(PROFILES + profileName + "/profile.json");
        List<String> fields = texts(profile.path("envelope"), "field");
        assertThat(page.fieldNames()).toIterable().containsExactlyElementsOf(fields);

        String time = page.path(
                        fields.get(texts(profile.path("envelope"), "value").indexOf("occurred_at")))
                .asText();
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(profile.path("time_format").asText());
        assertThat(format.format(OffsetDateTime.parse(time).toInstant().atOffset(ZoneOffset.UTC)))
                .isEqualTo(time);
    }

    static List<Documented> pageExamples() {
        return DOCUMENTED.stream()
                .filter(it -> fileNames(PAGES + it.profile()).contains(it.type() + ".json"))
                .toList();
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    private static List<Error> errors(Documented event, JsonNode data) {
        return registry().getSchema(schema(event)).validate(data);
    }

    private static JsonNode schema(Documented event) {
        return read(PROFILES + event.profile() + "/events/" + event.type() + ".schema.json");
    }

    private static ObjectNode sample(Documented event) {
        return (ObjectNode) read(PROFILES + event.profile() + "/events/" + event.type() + ".sample.json");
    }

    private static JsonNode page(Documented event) {
        return read(PAGES + event.profile() + "/" + event.type() + ".json");
    }

    private static boolean sameType(JsonNode one, JsonNode other) {
        return one.getNodeType() == other.getNodeType() && one.isIntegralNumber() == other.isIntegralNumber();
    }

    /** Pointers to every field of an object and of the objects in it, in document order. */
    private static List<String> pointers(JsonNode object, String prefix) {
        List<String> found = new ArrayList<>();
        object.fieldNames().forEachRemaining(field -> {
            found.add(prefix + "/" + field);
            found.addAll(pointers(object.path(field), prefix + "/" + field));
        });
        return found;
    }

    private static ObjectNode parent(JsonNode data, String pointer) {
        return (ObjectNode) data.at(JsonPointer.compile(pointer).head());
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(it -> texts.add(it.asText()));
        return texts;
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(it -> texts.add(it.path(field).asText()));
        return texts;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = url(resource).openStream()) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static List<String> fileNames(String folder) {
        try (Stream<Path> files = Files.list(Path.of(url(folder).toURI()))) {
            return files.map(it -> it.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(folder, e);
        }
    }

    private static URL url(String resource) {
        return Objects.requireNonNull(VendorCatalogueTest.class.getResource(resource), resource);
    }
}
