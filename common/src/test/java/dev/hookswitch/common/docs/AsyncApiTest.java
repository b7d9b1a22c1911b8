package dev.hookswitch.common.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.AsyncApi;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reads or writes our topics goes by this document: it says what the code says, no more and no less. */
class AsyncApiTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final SnakeCaseStrategy NAMING = new SnakeCaseStrategy();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Which row each schema is of. */
    private static final Map<String, Class<?>> ROWS = Map.of(
            "attempt", AttemptRow.class,
            "outcome", OutcomeRow.class,
            "endpoint_status", EndpointStatus.class,
            "endpoint_event", EndpointEvent.class,
            "recovery", RecoveryRow.class,
            "tenant", TenantRow.class,
            "api_key", ApiKeyRow.class,
            "audit", AuditRow.class);

    /** What roles say to each other: nobody else is to read or write it. */
    private static boolean isInternal(String topic) {
        return Set.of("events-moved", "subscriptions", "deliveries", "deliveries-due", "api-requests")
                        .contains(topic)
                || topic.startsWith("retry-");
    }

    private final TopicLayout topics = TopicLayout.of(Settings.of(Map.of("topics.prefix", "tel.")));
    private final JsonNode document;

    AsyncApiTest() throws IOException {
        document = MAPPER.readTree(AsyncApi.document(topics));
    }

    static Stream<Map.Entry<String, Class<?>>> rows() {
        return ROWS.entrySet().stream();
    }

    @Test
    void hasEveryPublicTopicAsItIsDeclared() {
        List<String> addresses = new ArrayList<>();
        document.get("channels")
                .forEach(channel -> addresses.add(channel.get("address").asText()));

        assertThat(addresses)
                .containsExactlyInAnyOrderElementsOf(topics.specs().stream()
                        .map(TopicSpec::name)
                        .filter(name -> !isInternal(name.substring("tel.".length())))
                        .toList());
        JsonNode kafka = document.at("/channels/delivery-attempts/bindings/kafka");
        TopicSpec attempts = topics.spec(topics.deliveryAttempts());
        assertThat(kafka.get("partitions").asInt()).isEqualTo(attempts.partitions());
        assertThat(kafka.at("/topicConfiguration/retention.ms").asText())
                .isEqualTo(attempts.config().get("retention.ms"));
        assertThat(document.at("/channels/tenants/bindings/kafka/topicConfiguration/cleanup.policy/0")
                        .asText())
                .isEqualTo("compact");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryPartIsReferredTo() {
        Set<String> referred = new TreeSet<>();
        document.findValuesAsText("$ref").forEach(referred::add);

        assertThat(referred)
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .isFalse());
        for (String kind : List.of("messages", "schemas")) {
            document.at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(referred).contains("#/components/" + kind + "/" + name));
        }
        document.get("channels")
                .fieldNames()
                .forEachRemaining(name -> assertThat(referred).contains("#/channels/" + name));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSchemaHasTheFieldsOfItsRow(Map.Entry<String, Class<?>> row) {
        compare(row.getValue(), document.at("/components/schemas/" + row.getKey()));
    }

    private void compare(Class<?> row, JsonNode schema) {
        List<String> names = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : row.getRecordComponents()) {
            String name = NAMING.translate(component.getName());
            names.add(name);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
            compareType(component.getGenericType(), resolved(schema.at("/properties/" + name)), row, name);
        }
        assertThat(fieldNames(schema.path("properties")))
                .as("fields of %s", row)
                .containsExactlyElementsOf(names);
        assertThat(texts(schema.path("required"))).as("always there in %s", row).containsExactlyElementsOf(required);
    }

    private void compareType(Type type, JsonNode schema, Class<?> row, String name) {
        String expected = schema.path("type").asText();
        if (type instanceof ParameterizedType list && list.getRawType() != Map.class) {
            assertThat(expected).as("%s of %s", name, row).isEqualTo("array");
            compareType(list.getActualTypeArguments()[0], resolved(schema.path("items")), row, name);
        } else if (type instanceof Class<?> one && one.isEnum()) {
            assertThat(texts(schema.path("enum")))
                    .as("words of %s in %s", name, row)
                    .containsExactlyElementsOf(words(one));
        } else if (type instanceof Class<?> one && one.isRecord()) {
            compare(one, schema);
        } else {
            assertThat(expected).as("%s of %s", name, row).isEqualTo(jsonType(type));
        }
    }

    private static String jsonType(Type type) {
        if (type == String.class) {
            return "string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        return type instanceof ParameterizedType ? "object" : "integer";
    }

    /** As they are written; what stands for a newer word is never written. */
    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.isEnumConstant() && !field.isAnnotationPresent(JsonEnumDefaultValue.class))
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsWrittenIsValid(Map.Entry<String, Class<?>> row) throws Exception {
        Schema schema = schema(row.getKey());
        for (boolean whole : new boolean[] {true, false}) {
            byte[] written = Wire.write(sample(row.getValue(), whole));
            assertThat(schema.validate(MAPPER.readTree(written)))
                    .as(new String(written, StandardCharsets.UTF_8))
                    .isEmpty();
        }
        ObjectNode broken = (ObjectNode) MAPPER.readTree(Wire.write(sample(row.getValue(), true)));
        broken.remove(broken.fieldNames().next());
        assertThat(schema.validate(broken)).as("without its first field").isNotEmpty();
    }

    private static Object sample(Class<?> row, boolean whole) throws ReflectiveOperationException {
        RecordComponent[] components = row.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean absent = !whole && components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = absent ? null : value(components[i].getGenericType(), whole);
        }
        Constructor<?> constructor = row.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    private static Object value(Type type, boolean whole) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == Map.class) {
                return Map.of("a", "b");
            }
            Object one = value(generic.getActualTypeArguments()[0], whole);
            return generic.getRawType() == Set.class ? Set.of(one) : List.of(one);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isRecord()) {
            return sample(plain, whole);
        }
        if (plain == String.class) {
            return "some";
        }
        if (plain == boolean.class) {
            return true;
        }
        return plain == int.class || plain == Integer.class ? (Object) 50 : 50L;
    }

    /** The parser takes what the schema takes, one step of detail aside: the time, of which the schema knows the form. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "true  | 'id':'e1','type':'call.completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z','data':{}",
                "true  | 'id':'e1','type':'a','tenant':'a:b','occurred_at':'2026-01-15T14:30:00Z','workspace':null,'data':{},'x':1",
                "false | 'id':'e 1','type':'call.completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z','data':{}",
                "false | 'id':'e1','type':'call..completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z','data':{}",
                "false | 'id':'e1','type':'call.completed','tenant':'a/b','occurred_at':'2026-01-15T14:30:00Z','data':{}",
                "false | 'id':'e1','type':'call.completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z'",
                "false | 'id':'e1','type':'call.completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z','data':[]",
                "false | 'id':7,'type':'call.completed','tenant':'acme','occurred_at':'2026-01-15T14:30:00Z','data':{}",
                "false | 'id':'e1','type':'call.completed','tenant':'acme','data':{}",
            })
    void theSchemaOfAnEventIsWhatTheParserTakes(boolean taken, String fields) throws Exception {
        String event = "{" + fields.replace('\'', '"') + "}";
        ParsedEvent parsed = new EventParser(10_000).parse(event.getBytes(StandardCharsets.UTF_8));

        assertThat(schema("event").validate(MAPPER.readTree(event)).isEmpty()).isEqualTo(taken);
        assertThat(!(parsed instanceof ParsedEvent.Refused)).isEqualTo(taken);
    }

    /** The schema by itself, with what it refers to beside it. */
    private Schema schema(String name) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("$ref", "#/components/schemas/" + name);
        root.set("components", document.get("components").deepCopy());
        return REGISTRY.getSchema(root);
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
