package dev.hookswitch.retry.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long random histories, compared at every step with a model that counts the whole history anew. */
class HealthPolicySequencesTest {
    private static final int SEQUENCES = 1_000;
    private static final int ROWS = 60;
    private static final AttemptResult[] RESULTS = AttemptResult.values();

    @ParameterizedTest
    @EnumSource(Counting.class)
    void randomHistoriesComeToTheStateThatCountingThemAnewGives(Counting counting) {
        for (long seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            DisableRule rule = new DisableRule(1 + random.nextInt(12), counting, random.nextInt(4) == 0);
            List<AttemptRow> history = new ArrayList<>();
            EndpointHealth state = null;
            for (int i = 0; i < ROWS; i++) {
                AttemptRow row = randomRow(random, 1 + i / 25);
                history.add(row);
                EndpointHealth before = state;
                state = HealthPolicy.next(before, row, rule).map(Transition::to).orElse(before);
                assertThat(describe(state))
                        .as("seed %d, row %d %s, rule %s", seed, i, row, rule)
                        .isEqualTo(countedAnew(history, rule));
            }
        }
    }

    /** Mostly failures and of the activation of the time, with all else mixed in. */
    private static AttemptRow randomRow(Random random, long newest) {
        long activation = random.nextInt(5) == 0 ? 1 + random.nextInt((int) newest) : newest;
        AttemptResult result = RESULTS[random.nextInt(RESULTS.length)];
        if (result == AttemptResult.GONE && random.nextBoolean()) {
            result = AttemptResult.SERVER_ERROR;
        }
        Decision decision =
                result.isSuccess() ? Decision.DELIVERED : random.nextBoolean() ? Decision.EXHAUSTED : Decision.RETRY;
        Kind kind = random.nextInt(8) == 0 ? Kind.DEFERRAL : Kind.ATTEMPT;
        return Attempts.activation(activation).row(kind, result, decision, random.nextInt(8) == 0);
    }

    /** The rules of the vendor pages, told over a whole history without any state. */
    private static String countedAnew(List<AttemptRow> history, DisableRule rule) {
        List<AttemptRow> charged = history.stream()
                .filter(row -> row.kind() == Kind.ATTEMPT && !row.test())
                .filter(row -> row.result() != AttemptResult.INTERNAL && row.result() != AttemptResult.UNKNOWN)
                .toList();
        long newest = charged.stream().mapToLong(AttemptRow::activation).max().orElse(0);
        int failures = 0;
        for (AttemptRow row : charged) {
            if (row.activation() != newest) {
                continue;
            }
            if (row.result() == AttemptResult.SUCCESS) {
                failures = 0;
                continue;
            }
            failures += rule.counting() == Counting.ATTEMPTS || row.decision() == Decision.EXHAUSTED ? 1 : 0;
            if (row.result() == AttemptResult.GONE && rule.atOnceOnGone()) {
                return newest + " disabled gone " + failures;
            }
            if (failures >= rule.after()) {
                return newest + " disabled consecutive_failures " + failures;
            }
        }
        return failures > 0 ? newest + " failing " + failures : newest + " healthy";
    }

    private static String describe(@Nullable EndpointHealth state) {
        if (state instanceof Disabled disabled) {
            return disabled.activation() + " disabled " + disabled.reason() + " " + disabled.consecutiveFailures();
        }
        if (state instanceof Failing failing) {
            return failing.activation() + " failing " + failing.consecutiveFailures();
        }
        return (state == null ? 0 : state.activation()) + " healthy";
    }
}
