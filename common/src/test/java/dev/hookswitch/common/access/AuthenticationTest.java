package dev.hookswitch.common.access;

import static dev.hookswitch.common.access.KnownKeys.NOW;
import static dev.hookswitch.common.access.KnownKeys.expiring;
import static dev.hookswitch.common.access.KnownKeys.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.access.Authentication.Identity;
import dev.hookswitch.common.access.Authentication.Known;
import dev.hookswitch.common.access.Authentication.Stranger;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private final KnownKeys known = new KnownKeys();

    @Test
    void aRightKeySpeaksForItsTenant() {
        ApiKey key = known.add("acme", Scope.EVENTS_WRITE);

        Caller caller = caller(key);

        assertThat(caller.key().keyId()).isEqualTo(key.id());
        assertThat(caller.tenant().map(TenantRow::tenant)).contains("acme");
        assertThat(caller.speaksFor("acme")).isTrue();
        assertThat(caller.speaksFor("beta")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void theSchemeIsReadAsHttpDoes(String scheme) {
        ApiKey key = known.add("acme", Scope.EVENTS_WRITE);
        assertThat(identify(scheme + key.reveal() + " ")).isInstanceOf(Known.class);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Bearer", "Basic YWxhZGRpbg==", "vb_live_x"})
    void withoutABearerTheKeyIsMissing(@Nullable String header) {
        assertThat(identify(header)).isEqualTo(new Stranger(Refusal.MISSING, null));
    }

    @Test
    void aKeyThatNobodyMadeIsUnknown() {
        assertThat(identify(header(ApiKey.generate(new SecureRandom()))))
                .isEqualTo(new Stranger(Refusal.UNKNOWN, null));
        assertThat(identify("Bearer nonsense")).isEqualTo(new Stranger(Refusal.UNKNOWN, null));
    }

    @Test
    void aKeyWhoseTenantIsGoneIsUnknown() {
        ApiKey key = known.add("acme", Scope.EVENTS_WRITE);
        known.table.takeTenant("acme", null);
        assertThat(identify(header(key))).isEqualTo(new Stranger(Refusal.UNKNOWN, key.id()));
    }

    /** It may be a revocation that a newer version wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"key_id\":\"key_other\",\"tenant\":\"acme\",\"name\":\"\",\"scopes\":[],\"mac\":\"\","
                        + "\"revision\":2,\"created_at_ms\":0}"
            })
    void aKeyWhoseRecordWasOverwrittenWithNonsenseIsUnknown(String nonsense) {
        ApiKey key = known.add("acme", Scope.EVENTS_WRITE);
        assertThatThrownBy(() -> known.table.takeKey(key.id(), nonsense.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(identify(header(key))).isEqualTo(new Stranger(Refusal.UNKNOWN, null));
    }

    @Test
    void aRevokedKeyIsRevokedWhateverElseIsWrong() {
        ApiKey key = known.add(
                "nobody",
                row -> expiring(NOW.minusSeconds(1)).apply(row.revoked(NOW.toEpochMilli())),
                Scope.EVENTS_WRITE);
        assertThat(identify(header(key))).isEqualTo(new Stranger(Refusal.REVOKED, key.id()));
    }

    @Test
    void aKeyExpiresAtItsTime() {
        ApiKey last = known.add("acme", expiring(NOW.plusMillis(1)), Scope.EVENTS_WRITE);
        ApiKey over = known.add("acme", expiring(NOW), Scope.EVENTS_WRITE);
        assertThat(identify(header(last))).isInstanceOf(Known.class);
        assertThat(identify(header(over))).isEqualTo(new Stranger(Refusal.EXPIRED, over.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "WEBHOOKS_READ, WEBHOOKS_READ, true",
        "WEBHOOKS_READ, WEBHOOKS_MANAGE, false",
        "WEBHOOKS_READ, EVENTS_WRITE, false",
        "WEBHOOKS_MANAGE, WEBHOOKS_READ, true",
        "WEBHOOKS_MANAGE, WEBHOOKS_MANAGE, true",
        "WEBHOOKS_MANAGE, EVENTS_WRITE, false",
        "EVENTS_WRITE, WEBHOOKS_READ, false",
        "EVENTS_WRITE, WEBHOOKS_MANAGE, false",
        "EVENTS_WRITE, EVENTS_WRITE, true",
        "UNKNOWN, UNKNOWN, false",
        "UNKNOWN, EVENTS_WRITE, false",
    })
    void aScopeAllowsItselfAndManagingAllowsReading(Scope granted, Scope required, boolean allowed) {
        assertThat(Authentication.forbids(caller(known.add("acme", granted)), required))
                .isEqualTo(allowed ? Optional.empty() : Optional.of(Refusal.WRONG_SCOPE));
    }

    @Test
    void aPlanWithoutWebhooksManagesNoneAndPublishes() {
        Caller caller = caller(known.add("none", Scope.WEBHOOKS_MANAGE, Scope.EVENTS_WRITE));
        assertThat(Authentication.forbids(caller, Scope.WEBHOOKS_READ)).contains(Refusal.NOT_IN_PLAN);
        assertThat(Authentication.forbids(caller, Scope.EVENTS_WRITE)).isEmpty();
    }

    @Test
    void aKeyForEveryTenantPublishesForAnyAndDoesNothingElse() {
        Caller caller = caller(known.add(ApiKeyRow.EVERY_TENANT, Scope.EVENTS_WRITE));
        assertThat(caller.tenant()).isEmpty();
        assertThat(caller.speaksFor("acme")).isTrue();
        assertThat(caller.speaksFor("never-made")).isTrue();
        assertThat(Authentication.forbids(caller, Scope.EVENTS_WRITE)).isEmpty();
        assertThat(Authentication.forbids(caller, Scope.WEBHOOKS_READ)).contains(Refusal.WRONG_SCOPE);
    }

    @Test
    void beforeKeysAreKnownNobodyIsTold401() {
        assertThat(Authentication.identify(null, Optional.empty(), NOW))
                .isEqualTo(new Stranger(Refusal.NOT_READY, null));
    }

    @Test
    void statusesAndCodesAreTheContract() {
        assertThat(Refusal.values())
                .extracting(refusal -> refusal.status() + " " + refusal.code())
                .containsExactly(
                        "503 unavailable",
                        "401 unauthorized",
                        "401 unauthorized",
                        "401 key_revoked",
                        "401 key_expired",
                        "403 insufficient_scope",
                        "403 wrong_tenant",
                        "403 webhooks_not_in_plan",
                        "429 too_many_failures",
                        "429 rate_limited");
    }

    private Identity identify(@Nullable String header) {
        return Authentication.identify(header, Optional.of(known.table), NOW);
    }

    private Caller caller(ApiKey key) {
        Identity identity = identify(header(key));
        assertThat(identity).isInstanceOf(Known.class);
        return ((Known) identity).caller();
    }
}
