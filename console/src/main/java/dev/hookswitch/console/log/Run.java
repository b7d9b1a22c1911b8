package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery's way from its first attempt to an outcome: there is one, and one more for each time it was put once more.
 *
 * @param recoveryId of the manual retry or recovery; null for the first run
 * @param attempts each number once, ascending
 * @param waiting what the last attempt or deferral said; of no meaning once the run has ended
 * @param ending null until the outcome's row is read
 */
record Run(
        @Nullable String recoveryId,
        List<LoggedAttempt> attempts,
        @Nullable Waiting waiting,
        @Nullable Ending ending) {
    Run {
        attempts = List.copyOf(attempts);
    }

    static Run begin(@Nullable String recoveryId) {
        return new Run(recoveryId, List.of(), null, null);
    }

    Run with(Ending end) {
        return new Run(recoveryId, attempts, waiting, end);
    }

    /** With a POST. One with the same number took its place before a crash, or is the same row once more. */
    Run with(LoggedAttempt made, @Nullable Waiting next) {
        List<LoggedAttempt> all = new ArrayList<>(attempts);
        all.removeIf(each -> each.attempt() == made.attempt());
        all.add(made);
        all.sort(Comparator.comparingInt(LoggedAttempt::attempt));
        return new Run(recoveryId, all, made.attempt() < lastNumber() ? waiting : next, ending);
    }

    /** Put off, unless what was put off has been made. */
    Run putOff(Waiting next) {
        return next.attempt() <= lastNumber() ? this : new Run(recoveryId, attempts, next, ending);
    }

    private int lastNumber() {
        LoggedAttempt last = last();
        return last == null ? 0 : last.attempt();
    }

    @Nullable LoggedAttempt last() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** Another attempt is to come, or its outcome. */
    boolean isOpen() {
        return status() == DeliveryStatus.PENDING;
    }

    /** By the outcome's row, or by the last attempt as long as only that has been read. */
    DeliveryStatus status() {
        if (ending != null) {
            return ending.status();
        }
        LoggedAttempt last = last();
        AttemptRow.Decision decision = last == null ? AttemptRow.Decision.DEFERRED : last.decision();
        return switch (decision) {
            case DELIVERED -> DeliveryStatus.DELIVERED;
            case EXHAUSTED -> DeliveryStatus.FAILED;
            case RETRY, DEFERRED, UNKNOWN -> DeliveryStatus.PENDING;
        };
    }
}
