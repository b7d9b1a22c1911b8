package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.TenantRow.Limits;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRowsTest {
    private static final ApiKeyRow KEY =
            new ApiKeyRow("key_1", "acme", "crm", Set.of(Scope.EVENTS_WRITE), "bWFj", 1, 5, null, null);

    @Test
    void aTenantIsReadAsItWasWritten() {
        TenantRow row = new TenantRow(
                "acme", "ring-tonic", new TenantRow.Workspace("ws_1", "Acme"), true, new Limits(5, null, 100), 2, 3, 4);
        String json = text(row);
        assertThat(json)
                .isEqualTo(
                        "{\"tenant\":\"acme\",\"profile\":\"ring-tonic\",\"workspace\":{\"id\":\"ws_1\",\"name\":\"Acme\"},"
                                + "\"webhooks\":true,\"limits\":{\"max_webhooks\":5,\"event_requests_per_second\":100},"
                                + "\"revision\":2,\"created_at_ms\":3,\"updated_at_ms\":4}");
        assertThat(Wire.read(json.getBytes(UTF_8), TenantRow.class)).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void aLimitOutOfBoundsIsNamed(int requests) {
        assertThatThrownBy(() -> new Limits(null, requests, null))
                .hasMessage("requests_per_minute must be a whole number from 1 to 1000000, was: " + requests);
    }

    @Test
    void aKeyIsReadAsItWasWritten() {
        String json = text(KEY.revoked(7));
        assertThat(json)
                .isEqualTo("{\"key_id\":\"key_1\",\"tenant\":\"acme\",\"name\":\"crm\",\"scopes\":[\"events:write\"],"
                        + "\"mac\":\"bWFj\",\"revision\":2,\"created_at_ms\":5,\"revoked_at_ms\":7}");
        assertThat(Wire.read(json.getBytes(UTF_8), ApiKeyRow.class)).isEqualTo(KEY.revoked(7));
    }

    @Test
    void aScopeOfANewerWriterAllowsNothing() {
        ApiKeyRow read =
                Wire.read(text(KEY).replace("events:write", "events:teleport").getBytes(UTF_8), ApiKeyRow.class);
        assertThat(read.scopes()).containsExactly(Scope.UNKNOWN);
        assertThat(Scope.named("unknown")).isEmpty();
        assertThat(Scope.named("webhooks:manage")).contains(Scope.WEBHOOKS_MANAGE);
    }

    @Test
    void onlyAProducersKeyMaySpeakForEveryTenant() {
        assertThatThrownBy(() -> new ApiKeyRow(
                        "key_1", "*", "", Set.of(Scope.EVENTS_WRITE, Scope.WEBHOOKS_READ), "", 1, 1, null, null))
                .hasMessageContaining("events:write alone");
        assertThat(new ApiKeyRow("key_1", "*", "", Set.of(Scope.EVENTS_WRITE), "", 1, 1, null, null).speaksFor("acme"))
                .isTrue();
        assertThat(KEY.speaksFor("acme")).isTrue();
        assertThat(KEY.speaksFor("acme2")).isFalse();
    }

    @Test
    void anAuditRowHasAnIdOfItsContent() {
        AuditRow row = AuditRow.of(
                1_768_487_400_000L,
                new AuditRow.Actor("operator:ann", null),
                AuditRow.Action.KEY_CREATED,
                "acme",
                "key_1",
                1,
                Map.of("scopes", "events:write", "name", "crm"));
        assertThat(text(row))
                .matches("\\{\"audit_id\":\"aud_[0-9A-Z]{26}\",\"at_ms\":1768487400000,\"actor\":\"operator:ann\","
                        + "\"action\":\"key.created\",\"tenant\":\"acme\",\"subject\":\"key_1\",\"revision\":1,"
                        + "\"details\":\\{\"name\":\"crm\",\"scopes\":\"events:write\"}}");
        assertThat(Wire.read(Wire.write(row), AuditRow.class)).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a/b", "a b", "\u00e9"})
    void noTenantIsNamedSo(String name) {
        assertThat(TenantRow.isName(name)).isFalse();
    }

    private static String text(Object row) {
        return new String(Wire.write(row), UTF_8);
    }
}
