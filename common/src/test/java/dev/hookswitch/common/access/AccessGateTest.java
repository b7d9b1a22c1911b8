package dev.hookswitch.common.access;

import static dev.hookswitch.common.access.KnownKeys.NOW;
import static dev.hookswitch.common.access.KnownKeys.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.access.Admission.Admitted;
import dev.hookswitch.common.access.Admission.Refused;
import dev.hookswitch.common.model.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessGateTest {
    private static final String HERE = "192.0.2.7";
    private static final String RETRY_AFTER = "Retry-After";

    private final KnownKeys known = new KnownKeys();
    private final ApiKey key = known.add("acme", Scope.EVENTS_WRITE);
    private Optional<AccessView> view = Optional.of(known.table);
    private Duration elapsed = Duration.ZERO;
    private final AccessGate gate = new AccessGate(
            () -> view,
            caller -> RateLimit.perMinute(60),
            RateLimit.perMinute(30),
            () -> NOW.plus(elapsed),
            () -> elapsed.toNanos());

    @Test
    void tellsACallerHowMuchIsLeft() {
        assertThat(admit(header(key)).headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "X-RateLimit-Limit", "60",
                        "X-RateLimit-Remaining", "59",
                        "X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 1)));
    }

    @Test
    void sendsACallerAwayWhoComesTooOften() {
        for (int i = 0; i < 60; i++) {
            assertThat(admit(header(key))).isInstanceOf(Admitted.class);
        }
        Refused refused = refused(admit(header(key)));
        assertThat(refused.why()).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(refused.headers())
                .containsEntry(RETRY_AFTER, "1")
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsEntry("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 60));
        elapsed = elapsed.plusSeconds(1);
        assertThat(admit(header(key))).isInstanceOf(Admitted.class);
        assertThat(admit(header(key))).isInstanceOf(Refused.class);
    }

    /** A limit of guesses must not become a way to lock a neighbour out. */
    @Test
    void tenThousandWrongKeysAreSentAwayAndTheRightOneIsServedThroughout() {
        Map<Refusal, Integer> answers = new EnumMap<>(Refusal.class);
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 10_000; i++) {
            Refused refused = refused(admit(header(ApiKey.generate(random))));
            answers.merge(refused.why(), 1, Integer::sum);
            if (i % 500 == 0) {
                assertThat(admit(header(key))).isInstanceOf(Admitted.class);
            }
        }
        assertThat(answers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(Refusal.UNKNOWN, 30, Refusal.TOO_MANY_FAILURES, 9_970));
        assertThat(refused(admit(null)).headers()).containsEntry(RETRY_AFTER, "2");
    }

    @Test
    void failuresOfOneAddressAreNotThoseOfAnother() {
        for (int i = 0; i < 31; i++) {
            admit(null);
        }
        assertThat(refused(admit(null)).why()).isEqualTo(Refusal.TOO_MANY_FAILURES);
        assertThat(refused(gate.admit(null, "192.0.2.8", Scope.EVENTS_WRITE)).why())
                .isEqualTo(Refusal.MISSING);
    }

    @Test
    void revokedKeysCountAsFailures() {
        ApiKey revoked = known.add("acme", row -> row.revoked(1), Scope.EVENTS_WRITE);
        for (int i = 0; i < 30; i++) {
            assertThat(refused(admit(header(revoked))).why()).isEqualTo(Refusal.REVOKED);
        }
        assertThat(refused(admit(header(revoked))).why()).isEqualTo(Refusal.TOO_MANY_FAILURES);
    }

    @Test
    void aRightKeyWithoutTheScopeUsesItsOwnLimitAndNotItsAddress() {
        for (int i = 0; i < 60; i++) {
            Refused refused = refused(gate.admit(header(key), HERE, Scope.WEBHOOKS_MANAGE));
            assertThat(refused.why()).isEqualTo(Refusal.WRONG_SCOPE);
            assertThat(refused.details()).containsEntry("required_scope", "webhooks:manage");
            assertThat(refused.headers()).containsEntry("X-RateLimit-Remaining", Integer.toString(59 - i));
        }
        assertThat(refused(gate.admit(header(key), HERE, Scope.WEBHOOKS_MANAGE)).why())
                .isEqualTo(Refusal.RATE_LIMITED);
        assertThat(refused(admit(null)).why()).isEqualTo(Refusal.MISSING);
    }

    @Test
    void whateverIsAnsweredNamesTheKeyThatWasShown() {
        ApiKey revoked = known.add("acme", row -> row.revoked(1), Scope.EVENTS_WRITE);
        assertThat(admit(header(key)).keyId()).isEqualTo(key.id());
        assertThat(gate.admit(header(key), HERE, Scope.WEBHOOKS_READ).keyId()).isEqualTo(key.id());
        assertThat(admit(header(revoked)).keyId()).isEqualTo(revoked.id());
        assertThat(admit(header(ApiKey.generate(new SecureRandom()))).keyId()).isNull();
    }

    @Test
    void challengesAsTheSpecificationOfBearersWants() {
        assertThat(challenge(admit(null))).isEqualTo("Bearer");
        assertThat(challenge(admit("Bearer x"))).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(challenge(gate.admit(header(key), HERE, Scope.WEBHOOKS_READ)))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"webhooks:read\"");
    }

    @Test
    void whileKeysAreNotKnownEverybodyIsToComeBackAndNothingCounts() {
        view = Optional.empty();
        for (int i = 0; i < 100; i++) {
            Refused refused = refused(admit(i % 2 == 0 ? null : header(key)));
            assertThat(refused.why()).isEqualTo(Refusal.NOT_READY);
            assertThat(refused.headers()).containsEntry(RETRY_AFTER, "1");
        }
        view = Optional.of(known.table);
        assertThat(refused(admit(null)).why()).isEqualTo(Refusal.MISSING);
    }

    @Test
    void nothingThatItSaysHoldsAKey() {
        Admission admitted = admit(header(key));
        ApiKey wrong = ApiKey.generate(new SecureRandom());
        assertThat(admitted.toString()).doesNotContain(key.reveal().substring(8, 20));
        assertThat(admit(header(wrong)).toString())
                .doesNotContain(wrong.reveal().substring(8, 20));
    }

    @Test
    void anIpv6SenderIsItsPrefix() {
        assertThat(SourceAddress.group("2001:db8:1:2:3:4:5:6"))
                .isEqualTo(SourceAddress.group("2001:db8:1:2::1"))
                .isEqualTo(SourceAddress.group("2001:db8:1:2::1%eth0"))
                .isEqualTo(SourceAddress.group("[2001:db8:1:2::1]"))
                .isEqualTo(SourceAddress.group("[2001:db8:1:2::1%2]"))
                .isNotEqualTo(SourceAddress.group("2001:db8:1:3::1"));
        assertThat(SourceAddress.group("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(SourceAddress.group("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(SourceAddress.group("not:an:address")).isEqualTo("not:an:address");
    }

    private Admission admit(@Nullable String header) {
        return gate.admit(header, HERE, Scope.EVENTS_WRITE);
    }

    private static Refused refused(Admission admission) {
        assertThat(admission).isInstanceOf(Refused.class);
        return (Refused) admission;
    }

    private static String challenge(Admission admission) {
        return String.valueOf(admission.headers().get("WWW-Authenticate"));
    }
}
