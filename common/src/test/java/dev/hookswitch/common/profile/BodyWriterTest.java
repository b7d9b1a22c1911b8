package dev.hookswitch.common.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.json.StableJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies byte for byte as the vendors' pages print them, white space apart. */
class BodyWriterTest {
    private static final Profiles PROFILES = Profiles.builtIn();

    @Test
    void writesRingyosExample() throws IOException {
        DomainEvent event = event("call.completed", "2024-01-15T10:30:00Z", "null", page("ringyo/call.completed"));
        assertThat(body("ringyo", event, "wh_abc123"))
                .isEqualTo("{\"event\":\"call.completed\",\"timestamp\":\"2024-01-15T10:30:00Z\","
                        + "\"webhook_id\":\"wh_abc123\",\"data\":{\"call_id\":\"call_abc123\",\"agent_id\":\"agent_xyz\","
                        + "\"phone_number\":\"+1234567890\",\"direction\":\"outbound\",\"duration_seconds\":145,"
                        + "\"outcome\":\"appointment_booked\",\"transcript\":\"Agent: Hello! Thanks for calling...\","
                        + "\"recording_url\":\"https://...\",\"extracted_data\":{\"appointment_date\":\"2024-01-20\","
                        + "\"appointment_time\":\"14:00\",\"customer_name\":\"John Smith\"}}}");
    }

    @Test
    void writesRingTonicsExample() throws IOException {
        DomainEvent event = event(
                "call.blocked",
                "2026-01-15T14:30:00Z",
                "{\"id\": 1, \"name\": \"My Workspace\"}",
                page("ring-tonic/call.blocked"));
        assertThat(body("ring-tonic", event, "wh_1"))
                .isEqualTo(
                        "{\"event\":\"call.blocked\",\"created_at\":\"2026-01-15T14:30:00+00:00\","
                                + "\"workspace\":{\"id\":1,\"name\":\"My Workspace\"},\"data\":{\"blocked_number\":\"+15551234567\","
                                + "\"called_number\":\"+15559876543\",\"caller_name\":\"John Spam\","
                                + "\"caller_city\":\"San Francisco\",\"caller_state\":\"CA\",\"block_list_type\":\"workspace\","
                                + "\"block_reason\":\"spam\",\"tracking_number\":{\"id\":1,\"phone_number\":\"+15559876543\","
                                + "\"friendly_name\":\"Sales Line\"},\"campaign\":{\"id\":1,\"name\":\"Google Ads Campaign\"}}}");
    }

    @Test
    void writesNumbersAsJavaScriptWould() throws IOException {
        DomainEvent event = event("lead.qualified", "2026-01-15T15:00:00Z", "null", page("ring-tonic/lead.qualified"));
        assertThat(body("ring-tonic", event, "wh_1"))
                .contains("\"qualification_confidence\":0.89,\"deal_value\":2500,\"qualified_at\":");
    }

    @Test
    void writesStandardWebhooks() throws IOException {
        DomainEvent event =
                event("anything.at_all", "2026-01-15T14:30:00Z", "{\"id\":1}", "{\"z\":1,\"a\":{\"1\":[]}}");
        assertThat(body("standard", event, "wh_1"))
                .isEqualTo("{\"type\":\"anything.at_all\",\"timestamp\":\"2026-01-15T14:30:00.000Z\","
                        + "\"data\":{\"z\":1,\"a\":{\"1\":[]}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T14:30:00Z,                2026-01-15T14:30:00, 000",
        "2026-01-15T14:30:00.999999999Z,      2026-01-15T14:30:00, 999",
        "2026-01-15T09:30:00.0004-05:00,      2026-01-15T14:30:00, 000",
        "2025-12-31T22:30:59.5-03:30,         2026-01-01T02:00:59, 500",
        "2026-01-15T20:15:00+05:45,           2026-01-15T14:30:00, 000",
        "1970-01-01T00:00:00Z,                1970-01-01T00:00:00, 000",
        "9999-12-31T23:59:59.999Z,            9999-12-31T23:59:59, 999",
    })
    void writesTimesInUtcAndCutsFractions(String occurredAt, String seconds, String millis) throws IOException {
        DomainEvent event = event("t", occurredAt, "null", "{}");
        assertThat(body("ringyo", event, "w")).contains("\"timestamp\":\"" + seconds + "Z\"");
        assertThat(body("ring-tonic", event, "w")).contains("\"created_at\":\"" + seconds + "+00:00\"");
        assertThat(body("standard", event, "w")).contains("\"timestamp\":\"" + seconds + "." + millis + "Z\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1,\"name\":\"w\"}                     | {\"id\":1,\"name\":\"w\"}",
                "{\"name\":\"w\",\"id\":\"a1\"}                  | {\"id\":\"a1\",\"name\":\"w\"}",
                "{\"plan\":[{\"id\":2}],\"name\":\"\\u00eb\\n\",\"7\":8,\"id\":2.50} | {\"id\":2.5,\"name\":\"\u00eb\\n\"}",
                "{\"id\":123456789012345678901,\"name\":\"\"} | {\"id\":123456789012345678901,\"name\":\"\"}",
            })
    void aWorkspaceIsIdAndNameWhateverTheEventHas(String workspace, String written) throws IOException {
        DomainEvent event = event("t", "2026-01-15T14:30:00Z", workspace, "{}");
        assertThat(body("ring-tonic", event, "w")).contains(",\"workspace\":" + written + ",\"data\":{}}");
    }

    @Test
    void anIncompleteWorkspaceIsNeverSent() {
        DomainEvent event = event("t", "2026-01-15T14:30:00Z", "{\"id\":1}", "{}");
        assertThatThrownBy(() -> body("ring-tonic", event, "w"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("workspace.name was not checked");
    }

    @Test
    void anAbsentWorkspaceIsNull() throws IOException {
        DomainEvent event = event("t", "2026-01-15T14:30:00Z", "null", "{}");
        assertThat(body("ring-tonic", event, "w"))
                .isEqualTo(
                        "{\"event\":\"t\",\"created_at\":\"2026-01-15T14:30:00+00:00\",\"workspace\":null,\"data\":{}}");
    }

    @Test
    void aWebhookIdIsEscapedAsJson() throws IOException {
        DomainEvent event = event("t", "2026-01-15T14:30:00Z", "null", "{}");
        assertThat(body("ringyo", event, "w\"\\\n\u00eb"))
                .isEqualTo(
                        "{\"event\":\"t\",\"timestamp\":\"2026-01-15T14:30:00Z\",\"webhook_id\":\"w\\\"\\\\\\n\u00eb\","
                                + "\"data\":{}}");
    }

    @Test
    void everySampleMakesABodyThatJavaScriptWritesBackAsItIs() throws IOException {
        int bodies = 0;
        for (LoadedProfile loaded : PROFILES.all()) {
            for (Profile.EventType type :
                    Objects.requireNonNullElse(loaded.profile().eventTypes(), List.<Profile.EventType>of())) {
                String sample = loaded.sample(type.type()).orElseThrow().toPrettyString();
                DomainEvent event = event(type.type(), "2026-01-15T14:30:00Z", "{\"id\":1,\"name\":\"w\"}", sample);
                assertThat(loaded.problemWith(event)).isEmpty();
                byte[] body = loaded.body(event, "wh_1");
                assertThat(StableJson.parse(body).utf8()).isEqualTo(body);
                bodies++;
            }
        }
        assertThat(bodies).isEqualTo(23);
    }

    private static String body(String profile, DomainEvent event, String webhookId) throws IOException {
        byte[] body = PROFILES.get(profile).body(event, webhookId);
        assertThat(StableJson.parse(body).utf8()).isEqualTo(body);
        return new String(body, UTF_8);
    }

    static DomainEvent event(String type, String occurredAt, String workspace, String data) {
        String json = "{\"id\":\"evt_1\",\"type\":\"" + type + "\",\"tenant\":\"acme\",\"occurred_at\":\"" + occurredAt
                + "\",\"workspace\":" + workspace + ",\"data\":" + data + "}";
        ParsedEvent parsed = new EventParser(1_048_576).parse(json.getBytes(UTF_8));
        if (parsed instanceof ParsedEvent.Accepted accepted) {
            return accepted.event();
        }
        throw new AssertionError(parsed);
    }

    /** The data of a page's example as it is printed there. */
    private static String page(String name) throws IOException {
        try (InputStream in = BodyWriterTest.class.getResourceAsStream("/vendor-pages/" + name + ".json")) {
            String page = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
            return page.substring(page.indexOf('{', page.indexOf("\"data\":")), page.lastIndexOf('}'));
        }
    }
}
