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
 * @param leftOut what is known of runs that are not kept
 */
record History(String eventId, String eventType, String profile, boolean test, List<Run> runs, LeftOut leftOut) {
    /** Somebody may retry one delivery by hand all day. */
    private static final int MOST_ATTEMPTS = 200;

    private static final int MOST_RUNS = 100;

    /**
     * The oldest runs, which are left out when there are very many.
     *
     * @param attempts how many they had
     * @param untilMs when the last of them ended; a row from before about a run that is not kept is one of theirs, come again
     *     or later than the outcome; 0 when there is none
     */
    record LeftOut(int attempts, long untilMs) {
        static final LeftOut NONE = new LeftOut(0, 0);

        LeftOut with(Run run, Ending ending) {
            return new LeftOut(
                    attempts + Math.max(ending.attempts(), run.attempts().size()),
                    Math.max(untilMs, ending.endedAtMs()));
        }
    }

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
                ? new History(row.eventId(), row.eventType(), row.profile(), row.test(), List.of(), LeftOut.NONE)
                : before;
        return known.changed(row.recoveryId(), row.startedAtMs(), change);
    }

    /** With an outcome. */
    static History with(@Nullable History before, OutcomeRow row, long offset) {
        History known = before == null
                ? new History(row.eventId(), row.eventType(), row.profile(), row.test(), List.of(), LeftOut.NONE)
                : before;
        return known.changed(row.recoveryId(), row.endedAtMs(), run -> run.with(Ending.of(row, offset)));
    }

    private History changed(@Nullable String recoveryId, long atMs, UnaryOperator<Run> change) {
        int at = indexOf(recoveryId);
        if (at < 0 && atMs <= leftOut.untilMs()) {
            return this;
        }
        List<Run> changed = new ArrayList<>(runs);
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

    /** Leaves out the run that ended first, when there are too many. The last one always stays. */
    private History trimmed() {
        if (runs.size() <= MOST_RUNS && attemptsKept() <= MOST_ATTEMPTS) {
            return this;
        }
        Run oldest = null;
        Ending first = null;
        int ended = 0;
        for (Run run : runs) {
            Ending ending = run.ending();
            ended += ending == null ? 0 : 1;
            if (ending != null && (first == null || ending.offset() < first.offset())) {
                oldest = run;
                first = ending;
            }
        }
        if (oldest == null || first == null || ended == 1) {
            return this;
        }
        List<Run> fewer = new ArrayList<>(runs);
        fewer.remove(oldest);
        return new History(eventId, eventType, profile, test, fewer, leftOut.with(oldest, first)).trimmed();
    }

    private int attemptsKept() {
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
