package dev.hookswitch.console.sample;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test delivery.
 *
 * @param outcome how it ended
 * @param reason why, as a stable word
 * @param attempt the POST; null when there was none
 */
public record TestResult(
        OutcomeRow.Outcome outcome, String reason, @Nullable AttemptRow attempt) {

    /** What the row says, when it is a POST. */
    static Optional<TestResult> of(AttemptRow row) {
        if (row.kind() != AttemptRow.Kind.ATTEMPT || row.result() == null) {
            return Optional.empty();
        }
        OutcomeRow.Outcome outcome = switch (row.decision()) {
            case DELIVERED -> OutcomeRow.Outcome.DELIVERED;
            case EXHAUSTED, RETRY -> OutcomeRow.Outcome.FAILED;
            case DEFERRED, UNKNOWN -> OutcomeRow.Outcome.UNKNOWN;
        };
        return Optional.of(new TestResult(outcome, row.result().wireName(), row));
    }

    /** What the row says, when there was no POST. */
    static Optional<TestResult> of(OutcomeRow row) {
        return row.outcome() == OutcomeRow.Outcome.DISCARDED
                ? Optional.of(new TestResult(row.outcome(), row.reason(), null))
                : Optional.empty();
    }
}
