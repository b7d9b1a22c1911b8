package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Enabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one funnel of endpoint health: what an attempt makes of a state. Pure; the time is that of the attempt.
 *
 * <p>A row counts each time that it is given; {@link Remembered} sees to it that this is once. A dispatcher that dies or is
 * fenced leaves only rows of an aborted transaction, which are never read: no committed row is a repetition of another.
 */
final class HealthPolicy {
    private HealthPolicy() {}

    /**
     * What the attempt changes.
     *
     * @param state what is known of the endpoint; null before its first attempt
     * @param minFailingTime how long the failures must have gone on before their number disables; until then they are
     *     counted on, and the first counted failure after it disables. A 410 that disables at once does not wait for it.
     * @return empty when nothing changes
     */
    static Optional<Transition> next(
            @Nullable EndpointHealth state, AttemptRow row, DisableRule rule, Duration minFailingTime) {
        AttemptResult result = row.result();
        if (row.test() || row.kind() != AttemptRow.Kind.ATTEMPT || result == null || !speaksOfEndpoint(result)) {
            return Optional.empty();
        }
        if (state != null && row.activation() < state.activation()) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(row.endedAtMs());
        EndpointHealth now =
                state != null && row.activation() == state.activation() ? state : new Healthy(row.activation(), at);
        EndpointHealth then =
                now instanceof Enabled enabled ? after(enabled, row, result, rule, minFailingTime, at) : now;
        return then.equals(state) ? Optional.empty() : Optional.of(new Transition(state, then));
    }

    private static boolean speaksOfEndpoint(AttemptResult result) {
        return result.isSuccess() || result.countsAgainstEndpoint();
    }

    private static EndpointHealth after(
            Enabled now, AttemptRow row, AttemptResult result, DisableRule rule, Duration minFailingTime, Instant at) {
        if (result.isSuccess()) {
            return now.succeeded(at);
        }
        boolean counts = rule.counting() == Counting.ATTEMPTS || row.decision() == Decision.EXHAUSTED;
        if (rule.atOnceOnGone() && result == AttemptResult.GONE) {
            return now.disabled(at, Disabled.GONE, now.consecutiveFailures() + (counts ? 1 : 0));
        }
        if (!counts) {
            return now;
        }
        Failing failing = now.failed(at);
        // Rows come nearly in the order of time: where there is no minimum, time must have no say.
        boolean longEnough =
                minFailingTime.isZero() || Duration.between(failing.since(), at).compareTo(minFailingTime) >= 0;
        return longEnough && failing.consecutiveFailures() >= rule.after()
                ? now.disabled(at, Disabled.CONSECUTIVE_FAILURES, failing.consecutiveFailures())
                : failing;
    }
}
