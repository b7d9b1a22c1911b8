package dev.hookswitch.common.profile;

import static dev.hookswitch.common.profile.BodyWriterTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedProfileTest {
    private static final String TIME = "2026-01-15T14:30:00Z";
    private static final String WORKSPACE = "{\"id\":1,\"name\":\"w\"}";
    private static final LoadedProfile RINGYO = Profiles.builtIn().get("ringyo");
    private static final LoadedProfile RING_TONIC = Profiles.builtIn().get("ring-tonic");
    private static final LoadedProfile STANDARD = Profiles.builtIn().get("standard");

    private static ObjectNode sample(LoadedProfile profile, String type) {
        return (ObjectNode) profile.sample(type).orElseThrow();
    }

    @Test
    void aProfileWhoseBodyHasAWorkspaceNeedsOne() {
        String data = sample(RING_TONIC, "call.completed").toString();
        DomainEvent without = event("call.completed", TIME, "null", data);
        assertThat(RING_TONIC.problemWith(without))
                .contains(new Problem(
                        Problem.Reason.MISSING_FIELD, "/workspace", "workspace is required by the profile ring-tonic"));
        assertThat(RING_TONIC.problemWith(event("call.completed", TIME, WORKSPACE, data)))
                .isEmpty();
        assertThat(STANDARD.problemWith(without)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                               | MISSING_FIELD | /workspace/id",
                "{\"name\":\"w\"}                 | MISSING_FIELD | /workspace/id",
                "{\"id\":1}                       | MISSING_FIELD | /workspace/name",
                "{\"ID\":1,\"name\":\"w\"}        | MISSING_FIELD | /workspace/id",
                "{\"x\":{\"id\":1},\"name\":\"w\"} | MISSING_FIELD | /workspace/id",
                "{\"id\":null,\"name\":\"w\"}     | INVALID_FIELD | /workspace/id",
                "{\"id\":true,\"name\":\"w\"}     | INVALID_FIELD | /workspace/id",
                "{\"id\":{\"id\":1},\"name\":\"w\"} | INVALID_FIELD | /workspace/id",
                "{\"id\":[1],\"name\":\"w\"}      | INVALID_FIELD | /workspace/id",
                "{\"id\":\"1\",\"name\":7}        | INVALID_FIELD | /workspace/name",
                "{\"id\":1,\"name\":null}         | INVALID_FIELD | /workspace/name",
                "{\"id\":1,\"name\":{\"a\":\"w\"}}  | INVALID_FIELD | /workspace/name",
            })
    void saysWhatTheWorkspaceLacks(String workspace, Problem.Reason reason, String pointer) {
        DomainEvent event = event(
                "call.completed",
                TIME,
                workspace,
                sample(RING_TONIC, "call.completed").toString());
        Problem problem = RING_TONIC.problemWith(event).orElseThrow();
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.message())
                .startsWith(pointer.substring(1).replace('/', '.') + " ")
                .endsWith(" by the profile ring-tonic");
        assertThat(STANDARD.problemWith(event)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                          | /data/call_id",
                "{\"call_id\":\"c\"}                         | /data/duration_seconds",
                "{\"call_id\":7,\"duration_seconds\":1}      | /data/call_id",
                "{\"call_id\":\"c\",\"duration_seconds\":\"1\"} | /data/duration_seconds",
                "{\"call_id\":null,\"duration_seconds\":1}   | /data/call_id",
            })
    void saysWhereTheDataBreaksTheSchema(String data, String pointer) {
        Problem problem =
                RINGYO.problemWith(event("call.completed", TIME, "null", data)).orElseThrow();
        assertThat(problem.reason()).isEqualTo(Problem.Reason.SCHEMA);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.message()).startsWith("data does not fit call.completed of ringyo: ");
    }

    @Test
    void pointsIntoNestedObjects() {
        ObjectNode data = sample(RING_TONIC, "voicemail.received");
        ((ObjectNode) data.path("voicemail")).remove("recording_url");
        assertThat(RING_TONIC.problemWith(event("voicemail.received", TIME, WORKSPACE, data.toString())))
                .map(Problem::pointer)
                .contains("/data/voicemail/recording_url");
    }

    @Test
    void whatTheSchemaDoesNotNamePasses() {
        ObjectNode data = sample(RINGYO, "call.completed").put("brand_new", true);
        assertThat(RINGYO.problemWith(event("call.completed", TIME, "null", data.toString())))
                .isEmpty();
    }

    @Test
    void aTypeWithoutSchemaBreaksNothing() {
        assertThat(RINGYO.problemWith(event("not.documented", TIME, "null", "{}")))
                .isEmpty();
        assertThat(STANDARD.problemWith(event("call.completed", TIME, "null", "{}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e400", "-1e400", "1e-400", "9007199254740993", "123456789012345678901234567890", "1.5", "-0"})
    void judgesNumbersAtTheEdgesWithoutFailing(String number) {
        DomainEvent event =
                event("call.completed", TIME, "null", "{\"call_id\":\"c\",\"duration_seconds\":" + number + "}");
        RINGYO.problemWith(event)
                .ifPresent(problem -> assertThat(problem.pointer()).isEqualTo("/data/duration_seconds"));
    }

    @Test
    void judgesTheDeepestDataThatAnEventMayHave() {
        String deep = "[".repeat(197) + "]".repeat(197);
        DomainEvent event =
                event("call.completed", TIME, "null", "{\"call_id\":\"c\",\"duration_seconds\":1,\"x\":" + deep + "}");
        assertThat(RINGYO.problemWith(event)).isEmpty();
    }

    @Test
    void aSampleIsACopyOfItsOwn() {
        JsonNode before = sample(RINGYO, "call.completed");
        sample(RINGYO, "call.completed").removeAll();
        assertThat(sample(RINGYO, "call.completed")).isEqualTo(before);
        assertThat(RINGYO.sample("not.documented")).isEmpty();
        assertThat(STANDARD.sample("call.completed")).isEmpty();
    }

    @Test
    void showsTheSchemaOfADocumentedType() {
        assertThat(RINGYO.schema("call.completed"))
                .map(node -> node.path("type").asText())
                .contains("object");
        assertThat(RINGYO.schema("not.documented")).isEmpty();
    }
}
