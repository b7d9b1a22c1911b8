package dev.hookswitch.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is accepted, and what becomes of it. */
class EventParserTest {
    private static final EventParser PARSER = new EventParser(262_144);

    @Test
    void takesAnEventApart() {
        DomainEvent event = accepted("""
                {
                  "id": "evt_1", "type": "call.completed", "tenant": "acme", "occurred_at": "2024-01-15T10:30:00Z",
                  "workspace": {"id": 1, "name": "My Workspace"},
                  "data": {"b": 2500.00, "a": "Zo\\u00eb", "2": null, "1": [true, 1e21]}
                }
                """);
        assertThat(event.id()).isEqualTo("evt_1");
        assertThat(event.type()).isEqualTo("call.completed");
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2024-01-15T10:30:00Z"));
        assertThat(text(event.workspaceJson())).isEqualTo("{\"id\":1,\"name\":\"My Workspace\"}");
        assertThat(text(event.dataJson())).isEqualTo("{\"1\":[true,1e+21],\"2\":null,\"b\":2500,\"a\":\"Zo\u00eb\"}");
        assertThat(event.unstableNumbers()).isZero();
    }

    @Test
    void tellsWhichEndpointAnEventIsAbout() {
        assertThat(accepted(with("\"about_endpoint\":\"wh_1\"")).aboutEndpoint())
                .isEqualTo("wh_1");
        assertThat(accepted(with("\"x\":1")).aboutEndpoint()).isNull();
    }

    @Test
    void dropsUnknownFieldsWhateverTheyHold() {
        DomainEvent event = accepted(with("\"trace\":{\"id\":[1,{\"id\":\"inner\"}]},\"z\":null,\"\":1e400"));
        assertThat(event.id()).isEqualTo("evt_1");
        assertThat(text(event.dataJson())).isEqualTo("{\"a\":1}");
        assertThat(event.unstableNumbers()).isZero();
    }

    @Test
    void theLastOfDuplicateFieldsWins() {
        DomainEvent event = accepted(with("\"id\":\"evt_2\",\"data\":{\"b\":2},\"data\":{\"b\":3,\"b\":4},"
                + "\"workspace\":[],\"workspace\":{\"id\":1},\"occurred_at\":\"2025-01-01T00:00:00Z\""));
        assertThat(event.id()).isEqualTo("evt_2");
        assertThat(text(event.dataJson())).isEqualTo("{\"b\":4}");
        assertThat(text(event.workspaceJson())).isEqualTo("{\"id\":1}");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    }

    @Test
    void aWorkspaceMayBeAbsentOrNull() {
        assertThat(accepted(with("\"x\":1")).workspaceJson()).isNull();
        assertThat(accepted(with("\"workspace\":null")).workspaceJson()).isNull();
        assertThat(accepted(with("\"workspace\":{\"id\":1},\"workspace\":null")).workspaceJson())
                .isNull();
        assertThat(text(accepted(with("\"workspace\":{}")).workspaceJson())).isEqualTo("{}");
    }

    @Test
    void countsNumbersThatNoJavaScriptReaderKeeps() {
        DomainEvent event = accepted(
                with("\"workspace\":{\"id\":9007199254740993},\"data\":{\"a\":1e400,\"b\":[9007199254740993]}"));
        assertThat(event.unstableNumbers()).isEqualTo(3);
        assertThat(text(event.dataJson())).isEqualTo("{\"a\":1e400,\"b\":[9007199254740993]}");
        DomainEvent lastWins = accepted(with("\"workspace\":{\"id\":1e400},\"workspace\":null"));
        assertThat(lastWins.unstableNumbers())
                .as("what was dropped does not count")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-15T10:30:00Z,                2024-01-15T10:30:00Z",
        "2024-01-15T10:30:00+00:00,           2024-01-15T10:30:00Z",
        "2024-01-15T10:30:00-00:00,           2024-01-15T10:30:00Z",
        "2024-01-15t10:30:00z,                2024-01-15T10:30:00Z",
        "2024-01-15T05:30:00-05:00,           2024-01-15T10:30:00Z",
        "2023-12-31T23:30:00-09:30,           2024-01-01T09:00:00Z",
        "2024-01-15T16:15:00.5+05:45,         2024-01-15T10:30:00.5Z",
        "2024-01-15T10:30:00.123456789Z,      2024-01-15T10:30:00.123456789Z",
        "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z",
        "1970-01-01T00:00:00Z,                1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z,            9999-12-31T23:59:59.999Z",
    })
    void readsTimesByRfc3339(String text, Instant time) {
        assertThat(accepted(with("\"occurred_at\":\"" + text + "\"")).occurredAt())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "id,     '!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'",
        "id,     0",
        "type,   a",
        "type,   A_1.b.c_2.D",
        "tenant, aZ09_.:-",
    })
    void takesEveryCharacterThatTheRulesName(String field, String value) {
        String json = value.replace("\\", "\\\\").replace("\"", "\\\"");
        DomainEvent event = accepted(with("\"" + field + "\":\"" + json + "\""));
        assertThat(
                        switch (field) {
                            case "id" -> event.id();
                            case "type" -> event.type();
                            default -> event.tenant();
                        })
                .isEqualTo(value);
    }

    @Test
    void takesTheLongestFieldsAndNoLonger() {
        assertThat(accepted(with("\"id\":\"" + "x".repeat(128) + "\"")).id()).hasSize(128);
        assertThat(accepted(with("\"type\":\"" + "x".repeat(64) + "\"")).type()).hasSize(64);
        assertThat(accepted(with("\"tenant\":\"" + "x".repeat(64) + "\"")).tenant())
                .hasSize(64);
        assertThat(refusedPointer(with("\"id\":\"" + "x".repeat(129) + "\""))).isEqualTo("/id");
        assertThat(refusedPointer(with("\"type\":\"" + "x".repeat(65) + "\""))).isEqualTo("/type");
        assertThat(refusedPointer(with("\"tenant\":\"" + "x".repeat(65) + "\"")))
                .isEqualTo("/tenant");
        assertThat(refusedPointer(with("\"id\":\"" + "x".repeat(200_000) + "\"")))
                .isEqualTo("/id");
    }

    @Test
    void takesARecordOfExactlyTheLimit() {
        String start = "{\"id\":\"evt_1\",\"type\":\"t\",\"tenant\":\"acme\",\"occurred_at\":\"2024-01-15T10:30:00Z\","
                + "\"data\":{\"text\":\"";
        String json = start + "x".repeat(262_144 - start.length() - 3) + "\"}}";
        assertThat(json).hasSize(262_144);
        assertThat(accepted(json).dataJson().length).isGreaterThan(262_000);
        assertThat(PARSER.parse((json + " ").getBytes(UTF_8))).isInstanceOf(ParsedEvent.Refused.class);
    }

    @Test
    void takesDataOfTheDeepestNestingAndNoDeeper() {
        // The record's own object is one level of the 200.
        String deepest = "{\"a\":" + "[".repeat(198) + "]".repeat(198) + "}";
        assertThat(text(accepted(with("\"data\":" + deepest)).dataJson())).isEqualTo(deepest);
        String deeper = "{\"a\":" + "[".repeat(199) + "]".repeat(199) + "}";
        assertThat(PARSER.parse(with("\"data\":" + deeper).getBytes(UTF_8))).isInstanceOf(ParsedEvent.Refused.class);
    }

    /** A valid event with more fields behind its own: of duplicates the last wins. */
    static String with(String fields) {
        return "{\"id\":\"evt_1\",\"type\":\"call.completed\",\"tenant\":\"acme\","
                + "\"occurred_at\":\"2024-01-15T10:30:00Z\",\"data\":{\"a\":1.0}," + fields + "}";
    }

    private static DomainEvent accepted(String json) {
        ParsedEvent parsed = PARSER.parse(json.getBytes(UTF_8));
        if (parsed instanceof ParsedEvent.Accepted accepted) {
            return accepted.event();
        }
        throw new AssertionError(parsed);
    }

    private static String refusedPointer(String json) {
        ParsedEvent parsed = PARSER.parse(json.getBytes(UTF_8));
        if (parsed instanceof ParsedEvent.Refused refused) {
            return refused.problem().pointer();
        }
        throw new AssertionError("accepted");
    }

    private static String text(byte @Nullable [] json) {
        return json == null ? "nothing" : new String(json, UTF_8);
    }
}
