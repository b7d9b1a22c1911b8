package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the rows say of one delivery. Rows of one topic come in their order; attempts and outcomes may come in any
 * order to each other, and any row again: the same rows make the same history.
 *
 * @param runs in the order in which they were first heard of
 * @param leftOut how many attempts of old runs are not kept
 */
record History(String eventId, String eventType, String profile, boolean test, List<Run> runs, int leftOut) {
    /** Somebody may retry one delivery by hand all day. */
    private static final int MOST_ATTEMPTS = 200;

    History {
        runs = List.copyOf(runs);
    }

    /** With an attempt or a deferral; nothing of neither kind. */
    static @Nullable History with(@Nullable History before, AttemptRow row, @Nullable Waiting next) {
        UnaryOperator<Run> change;
        if (row.kind() == Kind.ATTEMPT) {
            change = run -> run.with(attempt(row), next);
        } else if (row.kind() == Kind.DEFERRAL && next != null) {
            change = run -> run.putOff(next);
        } else {
            return before;
        }
        History known = before == null
                ? new History(row.eventId(), row.eventType(), row.profile(), row.test(), List.of(), 0)
                : before;
        return known.changed(row.recoveryId(), change);
    }

    /** With an outcome. */
    static History with(@Nullable History before, OutcomeRow row, long offset) {
        History known = before == null
                ? new History(row.eventId(), row.eventType(), row.profile(), row.test(), List.of(), 0)
                : before;
        return known.changed(row.recoveryId(), run -> run.with(Ending.of(row, offset)));
    }

    private History changed(@Nullable String recoveryId, UnaryOperator<Run> change) {
        List<Run> changed = new ArrayList<>(runs);
        int at = indexOf(recoveryId);
        if (at < 0) {
            changed.add(change.apply(Run.begin(recoveryId)));
        } else {
            changed.set(at, change.apply(runs.get(at)));
        }
        return new History(eventId, eventType, profile, test, changed, leftOut).trimmed();
    }

    private int indexOf(@Nullable String recoveryId) {
        for (int i = 0; i < runs.size(); i++) {
            if (Objects.equals(runs.get(i).recoveryId(), recoveryId)) {
                return i;
            }
        }
        return -1;
    }

    /** Leaves out the attempts of the oldest run that has ended; that it ended stays known. */
    private History trimmed() {
        if (attemptsKept() <= MOST_ATTEMPTS) {
            return this;
        }
        List<Run> fewer = new ArrayList<>(runs);
        for (int i = 0; i < fewer.size(); i++) {
            Run run = fewer.get(i);
            if (run.ending() != null && !run.attempts().isEmpty()) {
                fewer.set(i, new Run(run.recoveryId(), List.of(), null, run.ending()));
                int more = run.attempts().size();
                return new History(eventId, eventType, profile, test, fewer, leftOut + more);
            }
        }
        return this;
    }

    int attemptsKept() {
        return runs.stream().mapToInt(run -> run.attempts().size()).sum();
    }

    private static LoggedAttempt attempt(AttemptRow row) {
        AttemptResult result = row.result();
        return new LoggedAttempt(
                row.attempt(),
                row.maxAttempts(),
                row.recoveryId(),
                row.startedAtMs(),
                row.durationMs(),
                result == null ? AttemptResult.UNKNOWN : result,
                row.httpStatus(),
                row.decision(),
                row.activation());
    }
}
