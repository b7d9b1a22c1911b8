package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Enabled;
import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one funnel of endpoint health: what an attempt makes of a state. Pure; the time is that of the attempt.
 *
 * <p>A row counts each time that it is given. That is right because Kafka Streams reads {@code delivery-attempts}
 * exactly once with its state in the same transaction, and a dispatcher that dies or is fenced leaves only rows of an
 * aborted transaction, which are never read: no committed row is a repetition of another.
 */
final class HealthPolicy {
    private HealthPolicy() {}

    /**
     * What the attempt changes.
     *
     * @param state what is known of the endpoint; null before its first attempt
     * @return empty when nothing changes
     */
    static Optional<Transition> next(@Nullable EndpointHealth state, AttemptRow row, DisableRule rule) {
        AttemptResult result = row.result();
        if (row.test() || row.kind() != AttemptRow.Kind.ATTEMPT || result == null || !speaksOfEndpoint(result)) {
            return Optional.empty();
        }
        if (state != null && row.activation() < state.activation()) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(row.startedAtMs() + row.durationMs());
        EndpointHealth now =
                state != null && row.activation() == state.activation() ? state : new Healthy(row.activation(), at);
        EndpointHealth then = now instanceof Enabled enabled ? after(enabled, row, result, rule, at) : now;
        return then.equals(state) ? Optional.empty() : Optional.of(new Transition(state, then));
    }

    private static boolean speaksOfEndpoint(AttemptResult result) {
        return result.isSuccess() || result.countsAgainstEndpoint();
    }

    private static EndpointHealth after(
            Enabled now, AttemptRow row, AttemptResult result, DisableRule rule, Instant at) {
        if (result.isSuccess()) {
            return now.succeeded(at);
        }
        boolean counts = rule.counting() == Counting.ATTEMPTS || row.decision() == Decision.EXHAUSTED;
        int failures = now.consecutiveFailures() + (counts ? 1 : 0);
        if (rule.atOnceOnGone() && result == AttemptResult.GONE) {
            return now.disabled(at, Disabled.GONE, failures);
        }
        if (counts && failures >= rule.after()) {
            return now.disabled(at, Disabled.CONSECUTIVE_FAILURES, failures);
        }
        return counts ? now.failed(at) : now;
    }
}
