package dev.hookswitch.common.event;

import static dev.hookswitch.common.event.EventParserTest.with;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.event.Problem.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a record may be refused, with the reason and the place that producers are told. */
class EventProblemTest {
    private static final int MAX_BYTES = 8_192;
    private static final EventParser PARSER = new EventParser(MAX_BYTES);

    /** Bytes that are refused, and what for. */
    record Case(byte @Nullable [] value, Reason reason, String pointer, String message) {
        @Override
        public String toString() {
            String text = value == null ? "null" : new String(value, UTF_8);
            return reason + " " + pointer + " " + text.substring(Math.max(0, text.length() - 40));
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(null, Reason.EMPTY, "", "the record must have a value"));
        cases.add(new Case(new byte[0], Reason.EMPTY, "", "the record must have a value"));
        add(
                cases,
                Reason.TOO_LARGE,
                "",
                "the record must have at most 8192 bytes (events.max-bytes), has 8193",
                "x".repeat(MAX_BYTES + 1));
        add(
                cases,
                Reason.TOO_LARGE,
                "",
                "data and workspace must have at most 8192 bytes (events.max-bytes) with numbers",
                with("\"data\":{\"n\":[1e20" + ",1e20".repeat(400) + "]}"));

        String oneDocument = "the record must be one JSON document";
        add(
                cases,
                Reason.NOT_JSON,
                "",
                oneDocument,
                " ",
                "{",
                "}",
                "nope",
                "<event/>",
                "{'id':1}",
                "{\"id\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{/*c*/}",
                "[1,2",
                "[] x",
                "\"open",
                "7 8",
                with("\"z\":1") + with("\"z\":2"),
                with("\"z\":1") + "x",
                with("\"z\":\"\t\""),
                with("\"z\":\"\\x\""),
                with("\"z\":\"\\ud83\""),
                "\ufeff" + with("\"z\":1"),
                "\0");
        cases.add(new Case(with("\"z\":1").getBytes(UTF_16), Reason.NOT_JSON, "", oneDocument));
        for (String field : List.of("id", "data", "unknown")) {
            // Overlong, lone continuation, surrogate, beyond Unicode, cut off.
            for (String malformed : List.of("C0AF", "80", "EDA080", "F4908080", "E282")) {
                cases.add(new Case(withBytes(field, malformed), Reason.NOT_JSON, "", oneDocument));
            }
        }

        add(
                cases,
                Reason.LIMIT_EXCEEDED,
                "",
                oneDocument,
                with("\"data\":" + "[".repeat(300) + "]".repeat(300)),
                with("\"unknown\":" + "[".repeat(300) + "]".repeat(300)),
                "[".repeat(300) + "]".repeat(300),
                with("\"data\":{\"n\":" + "1".repeat(1_200) + "}"),
                with("\"data\":{\"" + "k".repeat(5_000) + "\":1}"));
        add(
                cases,
                Reason.NOT_AN_OBJECT,
                "",
                "the record must be a JSON object",
                "[]",
                "[{\"id\":1}]",
                "7",
                "-1.5e3",
                "\"text\"",
                "true",
                "null");

        String whole = with("\"data\":{}");
        for (String field : List.of("id", "type", "tenant", "occurred_at")) {
            add(
                    cases,
                    Reason.MISSING_FIELD,
                    "/" + field,
                    field + " is required",
                    whole.replace("\"" + field + "\"", "\"_" + field + "\""));
            add(
                    cases,
                    Reason.INVALID_FIELD,
                    "/" + field,
                    field + " must be text: ",
                    with("\"" + field + "\":null"),
                    with("\"" + field + "\":7"),
                    with("\"" + field + "\":{\"a\":[1]}"),
                    with("\"" + field + "\":[\"x\"]"),
                    with("\"" + field + "\":false"));
        }
        add(cases, Reason.MISSING_FIELD, "/data", "data is required", whole.replace("\"data\"", "\"_data\""));
        add(cases, Reason.MISSING_FIELD, "/id", "id is required", "{}", "{\"ID\":\"x\"}");

        add(
                cases,
                Reason.INVALID_FIELD,
                "/id",
                "id must be text: 1 to 128 visible ASCII characters",
                with("\"id\":\"\""),
                with("\"id\":\"a b\""),
                with("\"id\":\"a\\nb\""),
                with("\"id\":\"Zo\u00eb\""),
                with("\"id\":\"\\u007f\""),
                with("\"id\":\"" + "x".repeat(129) + "\""),
                with("\"id\":\"\\ud800\""));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/type",
                "type must be text: words of letters, digits and _ joined by dots",
                with("\"type\":\"\""),
                with("\"type\":\".a\""),
                with("\"type\":\"a.\""),
                with("\"type\":\"a..b\""),
                with("\"type\":\"a-b\""),
                with("\"type\":\"*\""),
                with("\"type\":\"a\\n\""));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/tenant",
                "tenant must be text: 1 to 64 letters, digits, _ . : or -",
                with("\"tenant\":\"\""),
                with("\"tenant\":\"a/b\""),
                with("\"tenant\":\"a b\""),
                with("\"tenant\":\"\u00e4\""),
                with("\"tenant\":\"a\\n\""));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/occurred_at",
                "occurred_at must be an RFC 3339 time from 1970 to 9999",
                time(""),
                time("yesterday"),
                time("2024-01-15"),
                time("2024-01-15 10:30:00Z"),
                time("2024-01-15T10:30:00"),
                time("2024-02-30T10:30:00Z"),
                time("2024-01-15T25:30:00Z"),
                time("1969-12-31T23:59:59.999Z"),
                time("1970-01-01T00:00:00+00:01"),
                time("9999-12-31T23:59:59-00:01"),
                time("+10000-01-01T00:00:00Z"),
                time("1705314600"),
                time("2024-01-15T10:30:00+19:00"));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/about_endpoint",
                "about_endpoint must be text: a webhook id",
                with("\"about_endpoint\":null"),
                with("\"about_endpoint\":7"),
                with("\"about_endpoint\":\"\""),
                with("\"about_endpoint\":\"wh 1\""));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/workspace",
                "workspace must be an object or null",
                with("\"workspace\":1"),
                with("\"workspace\":\"w\""),
                with("\"workspace\":[]"),
                with("\"workspace\":false"),
                with("\"workspace\":{},\"workspace\":1"));
        add(
                cases,
                Reason.INVALID_FIELD,
                "/data",
                "data must be an object",
                with("\"data\":null"),
                with("\"data\":[]"),
                with("\"data\":\"d\""),
                with("\"data\":0"));
        return cases;
    }

    private static void add(List<Case> cases, Reason reason, String pointer, String message, String... values) {
        for (String value : values) {
            cases.add(new Case(value.getBytes(UTF_8), reason, pointer, message));
        }
    }

    private static String time(String text) {
        return with("\"occurred_at\":\"" + text + "\"");
    }

    private static byte[] withBytes(String field, String hex) {
        byte[] event = with("\"" + field + "\":\"@@@@\"").getBytes(UTF_8);
        byte[] malformed = HexFormat.of().parseHex(hex);
        System.arraycopy(malformed, 0, event, event.length - 6, malformed.length);
        return event;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrongAndWhere(Case wrong) {
        ParsedEvent parsed = PARSER.parse(wrong.value());
        assertThat(parsed).isInstanceOf(ParsedEvent.Refused.class);
        Problem problem = ((ParsedEvent.Refused) parsed).problem();
        assertThat(problem.reason()).as(problem.message()).isEqualTo(wrong.reason());
        assertThat(problem.pointer()).isEqualTo(wrong.pointer());
        assertThat(problem.message()).startsWith(wrong.message());
    }

    @Test
    void everyReasonOfTheParserIsInTheTable() {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        cases().forEach(wrong -> reasons.add(wrong.reason()));
        assertThat(reasons).isEqualTo(EnumSet.complementOf(EnumSet.of(Reason.SCHEMA, Reason.UNKNOWN_TYPE)));
    }

    @Test
    void theFirstProblemInTheOrderOfTheEnvelopeIsReported() {
        assertThat(pointer("{\"data\":1,\"workspace\":1}")).isEqualTo("/id");
        assertThat(pointer("{\"data\":1,\"id\":\"a\"}")).isEqualTo("/type");
        assertThat(pointer(with("\"data\":1,\"workspace\":1"))).isEqualTo("/workspace");
    }

    /** Messages end in logs and headers, where no payload may be. */
    @Test
    void aMessageNeverRepeatsWhatIsInTheRecord() {
        for (String json : List.of(
                with("\"id\":\"canary canary\""),
                with("\"occurred_at\":\"canary\""),
                with("\"data\":\"canary\""),
                with("\"data\":{\"canary\":canary}"),
                with("\"data\":{\"canary\":\"canary\" \"canary\"}"),
                with("\"data\":{\"a\":\"canary\ncanary\"}"),
                "canary " + with("\"z\":1"),
                with("\"z\":1") + "canary")) {
            ParsedEvent parsed = PARSER.parse(json.getBytes(UTF_8));
            assertThat(parsed).isInstanceOf(ParsedEvent.Refused.class);
            assertThat(parsed.toString()).doesNotContain("canary");
        }
    }

    @Test
    void theNamesOnTheWireStayWhatTheyAre() {
        assertThat(Reason.values())
                .extracting(Reason::wireName)
                .containsExactly(
                        "empty",
                        "too_large",
                        "not_json",
                        "limit_exceeded",
                        "not_an_object",
                        "missing_field",
                        "invalid_field",
                        "schema",
                        "unknown_type");
    }

    private static String pointer(String json) {
        return ((ParsedEvent.Refused) PARSER.parse(json.getBytes(UTF_8)))
                .problem()
                .pointer();
    }
}
