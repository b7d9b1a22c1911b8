package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.CLIENT_ERROR;
import static dev.hookswitch.common.model.AttemptResult.EGRESS_DENIED;
import static dev.hookswitch.common.model.AttemptResult.GONE;
import static dev.hookswitch.common.model.AttemptResult.INTERNAL;
import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.common.model.AttemptResult.SUCCESS;
import static dev.hookswitch.common.model.AttemptResult.TIMEOUT;
import static dev.hookswitch.common.model.AttemptResult.UNKNOWN;
import static dev.hookswitch.retry.health.Attempts.AT;
import static dev.hookswitch.retry.health.Attempts.activation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of every transition, the legal ones and those that must not happen. */
class HealthPolicyTest {
    private static final Instant EARLIER = AT.minusSeconds(60);
    private static final DisableRule ATTEMPTS = new DisableRule(3, Counting.ATTEMPTS, false);
    private static final DisableRule DELIVERIES = new DisableRule(3, Counting.DELIVERIES, false);
    private static final DisableRule DELIVERIES_OR_GONE = new DisableRule(3, Counting.DELIVERIES, true);
    private static final DisableRule FIRST_FAILURE = new DisableRule(1, Counting.ATTEMPTS, false);
    private static final Attempts ONE = activation(1);
    private static final Attempts TWO = activation(2);

    /** What nobody has seen yet. */
    private static final @Nullable EndpointHealth UNSEEN = null;
    /** The row changes nothing. */
    private static final @Nullable EndpointHealth SAME = null;

    private record Case(
            String name,
            DisableRule rule,
            @Nullable EndpointHealth before,
            AttemptRow row,
            @Nullable EndpointHealth after,
            Duration minFailingTime) {
        Case(
                String name,
                DisableRule rule,
                @Nullable EndpointHealth before,
                AttemptRow row,
                @Nullable EndpointHealth after) {
            this(name, rule, before, row, after, Duration.ZERO);
        }

        Case withMinFailingTime(Duration minimum) {
            return new Case(name, rule, before, row, after, minimum);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Healthy healthy(long activation) {
        return new Healthy(activation, EARLIER);
    }

    private static Failing failing(long activation, int failures) {
        return new Failing(activation, EARLIER, failures);
    }

    private static Disabled disabled(long activation) {
        return new Disabled(activation, EARLIER, "consecutive_failures", 3);
    }

    private static Healthy healthyNow(long activation) {
        return new Healthy(activation, AT);
    }

    private static Failing failingNow(long activation) {
        return new Failing(activation, AT, 1);
    }

    private static Disabled disabledNow(long activation, String reason, int failures) {
        return new Disabled(activation, AT, reason, failures);
    }

    static Stream<Case> success() {
        return Stream.of(
                new Case("unseen, success: remembered", ATTEMPTS, UNSEEN, ONE.success(), healthyNow(1)),
                new Case("healthy, success", ATTEMPTS, healthy(1), ONE.success(), SAME),
                new Case("failing, success: recovers", ATTEMPTS, failing(1, 2), ONE.success(), healthyNow(1)),
                new Case("failing, success (deliveries)", DELIVERIES, failing(1, 2), ONE.success(), healthyNow(1)),
                new Case("disabled, success: too late", ATTEMPTS, disabled(1), ONE.success(), SAME));
    }

    static Stream<Case> countingAttempts() {
        AttemptRow failed = ONE.failed(SERVER_ERROR);
        AttemptRow exhausted = ONE.exhausted(TIMEOUT);
        return Stream.of(
                new Case("unseen, failed", ATTEMPTS, UNSEEN, failed, failingNow(1)),
                new Case("healthy, failed", ATTEMPTS, healthy(1), failed, failingNow(1)),
                new Case("healthy, exhausted counts once", ATTEMPTS, healthy(1), exhausted, failingNow(1)),
                new Case("failing 1, failed: since stays", ATTEMPTS, failing(1, 1), failed, failing(1, 2)),
                new Case(
                        "failing 2, failed: threshold",
                        ATTEMPTS,
                        failing(1, 2),
                        failed,
                        disabledNow(1, "consecutive_failures", 3)),
                new Case(
                        "failing above a threshold that was lowered",
                        ATTEMPTS,
                        failing(1, 7),
                        failed,
                        disabledNow(1, "consecutive_failures", 8)),
                new Case(
                        "threshold 1, unseen",
                        FIRST_FAILURE,
                        UNSEEN,
                        failed,
                        disabledNow(1, "consecutive_failures", 1)),
                new Case("disabled, failed", ATTEMPTS, disabled(1), failed, SAME),
                new Case(
                        "a refused address is the endpoint's fault",
                        ATTEMPTS,
                        healthy(1),
                        ONE.failed(EGRESS_DENIED),
                        failingNow(1)));
    }

    static Stream<Case> countingDeliveries() {
        AttemptRow failed = ONE.failed(CLIENT_ERROR);
        AttemptRow exhausted = ONE.exhausted(CLIENT_ERROR);
        return Stream.of(
                new Case("unseen, failed: remembered", DELIVERIES, UNSEEN, failed, healthyNow(1)),
                new Case("healthy, failed, to be retried", DELIVERIES, healthy(1), failed, SAME),
                new Case("failing, failed, to be retried", DELIVERIES, failing(1, 2), failed, SAME),
                new Case("unseen, exhausted", DELIVERIES, UNSEEN, exhausted, failingNow(1)),
                new Case("healthy, exhausted", DELIVERIES, healthy(1), exhausted, failingNow(1)),
                new Case("failing 1, exhausted", DELIVERIES, failing(1, 1), exhausted, failing(1, 2)),
                new Case(
                        "failing 2, exhausted: threshold",
                        DELIVERIES,
                        failing(1, 2),
                        exhausted,
                        disabledNow(1, "consecutive_failures", 3)),
                new Case("disabled, exhausted", DELIVERIES, disabled(1), exhausted, SAME));
    }

    static Stream<Case> gone() {
        AttemptRow exhausted = ONE.exhausted(GONE);
        return Stream.of(
                new Case("healthy, 410", DELIVERIES_OR_GONE, healthy(1), exhausted, disabledNow(1, "gone", 1)),
                new Case("unseen, 410", DELIVERIES_OR_GONE, UNSEEN, exhausted, disabledNow(1, "gone", 1)),
                new Case(
                        "410 that is retried is no failed delivery",
                        DELIVERIES_OR_GONE,
                        failing(1, 1),
                        ONE.failed(GONE),
                        disabledNow(1, "gone", 1)),
                new Case(
                        "410 at the threshold",
                        DELIVERIES_OR_GONE,
                        failing(1, 2),
                        exhausted,
                        disabledNow(1, "gone", 3)),
                new Case("disabled, 410", DELIVERIES_OR_GONE, disabled(1), exhausted, SAME),
                new Case("410 is a failure like others", DELIVERIES, healthy(1), exhausted, failingNow(1)),
                new Case("410 counted per attempt", ATTEMPTS, healthy(1), ONE.failed(GONE), failingNow(1)));
    }

    static Stream<Case> whatSaysNothingOfTheEndpoint() {
        return Stream.of(
                new Case("test, success", ATTEMPTS, failing(1, 2), ONE.test(SUCCESS), SAME),
                new Case("test, failed", ATTEMPTS, failing(1, 2), ONE.test(SERVER_ERROR), SAME),
                new Case("test, failed (deliveries)", DELIVERIES, failing(1, 2), ONE.test(SERVER_ERROR), SAME),
                new Case("test, 410", DELIVERIES_OR_GONE, healthy(1), ONE.test(GONE), SAME),
                new Case("test, new activation", ATTEMPTS, disabled(1), TWO.test(SUCCESS), SAME),
                new Case("test, unseen", ATTEMPTS, UNSEEN, ONE.test(SUCCESS), SAME),
                new Case("deferral", ATTEMPTS, failing(1, 2), ONE.deferral(), SAME),
                new Case("deferral, new activation", ATTEMPTS, failing(1, 2), TWO.deferral(), SAME),
                new Case(
                        "deferral with a result",
                        ATTEMPTS,
                        failing(1, 2),
                        ONE.row(Kind.DEFERRAL, SERVER_ERROR, Decision.EXHAUSTED, false),
                        SAME),
                new Case(
                        "row of an unknown kind",
                        ATTEMPTS,
                        failing(1, 2),
                        ONE.row(Kind.UNKNOWN, SUCCESS, Decision.DELIVERED, false),
                        SAME),
                new Case("our own failure", ATTEMPTS, failing(1, 2), ONE.failed(INTERNAL), SAME),
                new Case("our own failure, exhausted", DELIVERIES, failing(1, 2), ONE.exhausted(INTERNAL), SAME),
                new Case("unknown result", ATTEMPTS, failing(1, 2), ONE.exhausted(UNKNOWN), SAME),
                new Case(
                        "no result",
                        ATTEMPTS,
                        failing(1, 2),
                        ONE.row(Kind.ATTEMPT, null, Decision.EXHAUSTED, false),
                        SAME));
    }

    static Stream<Case> activations() {
        return Stream.of(
                new Case("older success, failing", ATTEMPTS, failing(2, 2), ONE.success(), SAME),
                new Case("older failure, failing", ATTEMPTS, failing(2, 2), ONE.failed(SERVER_ERROR), SAME),
                new Case("older failure, healthy", ATTEMPTS, healthy(2), ONE.failed(SERVER_ERROR), SAME),
                new Case("older 410, healthy", DELIVERIES_OR_GONE, healthy(2), ONE.exhausted(GONE), SAME),
                new Case("older failure, disabled", ATTEMPTS, disabled(2), ONE.failed(SERVER_ERROR), SAME),
                new Case("newer success, healthy: remembered", ATTEMPTS, healthy(1), TWO.success(), healthyNow(2)),
                new Case("newer success, failing", ATTEMPTS, failing(1, 2), TWO.success(), healthyNow(2)),
                new Case("newer success, disabled: enabled again", ATTEMPTS, disabled(1), TWO.success(), healthyNow(2)),
                new Case("newer failure, healthy", ATTEMPTS, healthy(1), TWO.failed(TIMEOUT), failingNow(2)),
                new Case("newer failure, failing: afresh", ATTEMPTS, failing(1, 2), TWO.failed(TIMEOUT), failingNow(2)),
                new Case("newer failure, disabled", ATTEMPTS, disabled(1), TWO.failed(TIMEOUT), failingNow(2)),
                new Case(
                        "newer failure that does not count ends the older count",
                        DELIVERIES,
                        failing(1, 2),
                        TWO.failed(TIMEOUT),
                        healthyNow(2)),
                new Case(
                        "newer 410, disabled",
                        DELIVERIES_OR_GONE,
                        disabled(1),
                        TWO.exhausted(GONE),
                        disabledNow(2, "gone", 1)));
    }

    /** The failing states of this table began 60 s before the row. */
    static Stream<Case> minimumTimeOfFailing() {
        Duration justReached = Duration.ofSeconds(60);
        Duration notReached = Duration.ofSeconds(60).plusMillis(1);
        AttemptRow failed = ONE.failed(SERVER_ERROR);
        AttemptRow beforeSince = ONE.endingAt(EARLIER.minusMillis(1)).failed(SERVER_ERROR);
        return Stream.of(
                new Case("threshold, too early: counts on", ATTEMPTS, failing(1, 2), failed, failing(1, 3))
                        .withMinFailingTime(notReached),
                new Case("above the threshold, too early", ATTEMPTS, failing(1, 9), failed, failing(1, 10))
                        .withMinFailingTime(notReached),
                new Case(
                                "threshold, just long enough",
                                ATTEMPTS,
                                failing(1, 2),
                                failed,
                                disabledNow(1, "consecutive_failures", 3))
                        .withMinFailingTime(justReached),
                new Case(
                                "first counted failure after the time",
                                ATTEMPTS,
                                failing(1, 40),
                                failed,
                                disabledNow(1, "consecutive_failures", 41))
                        .withMinFailingTime(justReached),
                new Case("failure that does not count", DELIVERIES, failing(1, 40), failed, SAME)
                        .withMinFailingTime(justReached),
                new Case("long enough, too few", ATTEMPTS, failing(1, 1), failed, failing(1, 2))
                        .withMinFailingTime(justReached),
                new Case("threshold 1, unseen", FIRST_FAILURE, UNSEEN, failed, failingNow(1))
                        .withMinFailingTime(justReached),
                new Case("success ends the time, too", ATTEMPTS, failing(1, 40), ONE.success(), healthyNow(1))
                        .withMinFailingTime(justReached),
                new Case(
                                "newer activation: time begins anew",
                                ATTEMPTS,
                                failing(1, 40),
                                TWO.failed(TIMEOUT),
                                failingNow(2))
                        .withMinFailingTime(justReached),
                new Case(
                                "410 does not wait",
                                DELIVERIES_OR_GONE,
                                healthy(1),
                                ONE.exhausted(GONE),
                                disabledNow(1, "gone", 1))
                        .withMinFailingTime(justReached),
                new Case("row older than the first failure", ATTEMPTS, failing(1, 9), beforeSince, failing(1, 10))
                        .withMinFailingTime(justReached),
                new Case(
                        "row older than the first failure, no minimum",
                        ATTEMPTS,
                        failing(1, 2),
                        beforeSince,
                        new Disabled(1, EARLIER.minusMillis(1), "consecutive_failures", 3)));
    }

    @ParameterizedTest
    @MethodSource({
        "success",
        "countingAttempts",
        "countingDeliveries",
        "gone",
        "whatSaysNothingOfTheEndpoint",
        "activations",
        "minimumTimeOfFailing"
    })
    void oneRowChangesTheStateAsTheTableSays(Case row) {
        Transition expected = row.after() == null ? null : new Transition(row.before(), row.after());

        assertThat(HealthPolicy.next(row.before(), row.row(), row.rule(), row.minFailingTime())
                        .orElse(null))
                .isEqualTo(expected);
    }
}
