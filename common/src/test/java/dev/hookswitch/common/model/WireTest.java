package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.signing.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {
    private static final Subscription SUBSCRIPTION = new Subscription(
            "acme",
            "wh_1",
            "ringyo",
            "CRM",
            "https://example.com/in",
            Set.of("call.completed"),
            2.5,
            true,
            2,
            7,
            List.of(new SealedSecret(3, "k1", "d3JhcHBlZA==", "c2VhbGVk")),
            1_000,
            2_000);
    private static final String SUBSCRIPTION_JSON =
            "{\"tenant\":\"acme\",\"webhook_id\":\"wh_1\",\"profile\":\"ringyo\","
                    + "\"name\":\"CRM\",\"url\":\"https://example.com/in\",\"events\":[\"call.completed\"],"
                    + "\"max_per_second\":2.5,\"active\":true,"
                    + "\"activation\":2,\"revision\":7,\"secrets\":[{\"version\":3,\"key_id\":\"k1\","
                    + "\"wrapped_key\":\"d3JhcHBlZA==\",\"sealed\":\"c2VhbGVk\"}],\"created_at_ms\":1000,\"updated_at_ms\":2000}";

    /** With retries of its own. */
    private static final Subscription SCHEDULED = new Subscription(
            "acme",
            "wh_1",
            "ringyo",
            "CRM",
            "https://example.com/in",
            Set.of("call.completed"),
            null,
            List.of("5s", "60m", "6h"),
            true,
            2,
            7,
            List.of(),
            1_000,
            2_000);

    private static final String SCHEDULED_JSON = "{\"tenant\":\"acme\",\"webhook_id\":\"wh_1\",\"profile\":\"ringyo\","
            + "\"name\":\"CRM\",\"url\":\"https://example.com/in\",\"events\":[\"call.completed\"],"
            + "\"retry_delays\":[\"5s\",\"1h\",\"6h\"],\"active\":true,\"activation\":2,\"revision\":7,"
            + "\"secrets\":[],\"created_at_ms\":1000,\"updated_at_ms\":2000}";

    private static final EndpointStatus STATUS =
            new EndpointStatus("acme", "wh_1", 2, EndpointStatus.State.DISABLED, 10, "consecutive_failures", 5_000);
    private static final String STATUS_JSON = "{\"tenant\":\"acme\",\"webhook_id\":\"wh_1\",\"activation\":2,"
            + "\"state\":\"disabled\",\"consecutive_failures\":10,\"reason\":\"consecutive_failures\",\"since_ms\":5000}";

    private static final AttemptRow ATTEMPT = new AttemptRow(
            AttemptRow.Kind.ATTEMPT,
            "msg_1",
            "evt_1",
            "call.completed",
            "acme",
            "wh_1",
            "ringyo",
            2,
            1,
            6,
            AttemptResult.SERVER_ERROR,
            503,
            AttemptRow.Decision.RETRY,
            "1s",
            10,
            20,
            false,
            5,
            3,
            4,
            1,
            2,
            "d-1",
            null);
    private static final String ATTEMPT_JSON = "{\"kind\":\"attempt\",\"delivery_id\":\"msg_1\",\"event_id\":\"evt_1\","
            + "\"event_type\":\"call.completed\",\"tenant\":\"acme\",\"webhook_id\":\"wh_1\",\"profile\":\"ringyo\","
            + "\"activation\":2,\"attempt\":1,\"max_attempts\":6,\"result\":\"server_error\",\"http_status\":503,"
            + "\"decision\":\"retry\",\"next_tier\":\"1s\",\"started_at_ms\":10,\"duration_ms\":20,\"test\":false,"
            + "\"occurred_at_ms\":5,\"deliveries_partition\":3,\"deliveries_offset\":4,\"events_partition\":1,"
            + "\"events_offset\":2,\"instance\":\"d-1\"}";

    /** A skipped delivery: the fields that may be null are. */
    private static final OutcomeRow OUTCOME = new OutcomeRow(
            "msg_1",
            "evt_1",
            "call.completed",
            "acme",
            "wh_1",
            "ringyo",
            OutcomeRow.Outcome.SKIPPED,
            OutcomeRow.REASON_DISABLED,
            0,
            null,
            5,
            6,
            true,
            null,
            null,
            1,
            2,
            null);

    private static final String OUTCOME_JSON = "{\"delivery_id\":\"msg_1\",\"event_id\":\"evt_1\","
            + "\"event_type\":\"call.completed\",\"tenant\":\"acme\",\"webhook_id\":\"wh_1\",\"profile\":\"ringyo\","
            + "\"outcome\":\"skipped\",\"reason\":\"endpoint_disabled\",\"attempts\":0,\"occurred_at_ms\":5,"
            + "\"ended_at_ms\":6,\"test\":true,\"events_partition\":1,\"events_offset\":2}";

    /** A row and its JSON, which consumers of the topics rely on. */
    record Row(Object value, String json) {
        @Override
        public String toString() {
            return value.getClass().getSimpleName();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(SUBSCRIPTION, SUBSCRIPTION_JSON),
                new Row(SCHEDULED, SCHEDULED_JSON),
                new Row(STATUS, STATUS_JSON),
                new Row(ATTEMPT, ATTEMPT_JSON),
                new Row(OUTCOME, OUTCOME_JSON));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowHasItsDocumentedJson(Row row) {
        assertThat(new String(Wire.write(row.value()), UTF_8)).isEqualTo(row.json());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowReadsBack(Row row) {
        assertThat(read(row.json(), row.value().getClass())).isEqualTo(row.value());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aFieldOfANewerWriterIsIgnored(Row row) {
        String newer = row.json().replaceFirst("\\{", "{\"colour\":{\"of\":[\"the\",\"sky\"]},");
        assertThat(read(newer, row.value().getClass())).isEqualTo(row.value());
    }

    static Stream<Enum<?>> constants() {
        return Stream.of(
                        AttemptResult.values(),
                        AttemptRow.Kind.values(),
                        AttemptRow.Decision.values(),
                        EndpointStatus.State.values(),
                        OutcomeRow.Outcome.values())
                .flatMap(Arrays::stream);
    }

    @ParameterizedTest
    @MethodSource("constants")
    void anEnumIsItsLowerCaseNameOnTheWire(Enum<?> constant) {
        String json = "\"" + constant.name().toLowerCase(Locale.ROOT) + "\"";
        assertThat(new String(Wire.write(constant), UTF_8)).isEqualTo(json);
        assertThat((Object) read(json, constant.getDeclaringClass())).isEqualTo(constant);
    }

    @ParameterizedTest
    @MethodSource("constants")
    void aConstantOfANewerWriterReadsAsUnknown(Enum<?> constant) {
        Enum<?> read = read("\"brand_new\"", constant.getDeclaringClass());
        assertThat(read.name()).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "tenant, tenant",
        "webhook_id, webhook_id",
        "url, url",
        "events, events",
        "secrets, secrets",
        "activation, activation",
        "active, active",
        "key_id, key_id",
    })
    void namesAFieldThatIsMissing(String renamed, String named) {
        String json = SUBSCRIPTION_JSON.replace("\"" + renamed + "\":", "\"x\":");
        assertThatThrownBy(() -> read(json, Subscription.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a Subscription: ")
                .hasMessageContaining(named);
    }

    @Test
    void aSubscriptionNeedNotHaveALimit() {
        String json = SUBSCRIPTION_JSON.replace("\"max_per_second\":2.5,", "");
        assertThat(read(json, Subscription.class).maxPerSecond()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0", "0.009", "-1", "100001", "1e400"})
    void aLimitOutsideTheBoundsIsRefusedByName(String limit) {
        String json = SUBSCRIPTION_JSON.replace(":2.5,", ":" + limit + ",");
        assertThatThrownBy(() -> read(json, Subscription.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max_per_second must be from 0.01 to 100000, was ");
    }

    @ParameterizedTest
    @CsvSource({"''", "null", "7", "[]", "{", "not json"})
    void refusesWhatIsNoRow(String json) {
        assertThatThrownBy(() -> read(json, EndpointStatus.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EndpointStatus");
    }

    @Test
    void aSecretHasNoJsonForm() {
        Secret secret = Secret.generate(new SecureRandom());
        assertThatThrownBy(() -> Wire.write(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot write Secret");
    }

    private static <T> T read(String json, Class<T> type) {
        return Wire.read(json.getBytes(UTF_8), type);
    }
}
