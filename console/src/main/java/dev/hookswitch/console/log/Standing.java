package dev.hookswitch.console.log;

import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stands: pending while a run is open, else as the last run ended.
 *
 * @param run the run that decides
 * @param lastHttpStatus of the last attempt; null when there was no status line, or no attempt
 */
record Standing(Run run, @Nullable Integer lastHttpStatus) {
    /** A run whose end only the attempt tells of is younger than one whose outcome has been read. */
    private static final Comparator<Run> BY_END = Comparator.comparingLong(Standing::endOffset);

    static Standing of(History history) {
        Run decides = history.runs().stream()
                .filter(Run::isOpen)
                .reduce((earlier, later) -> later)
                .or(() -> history.runs().stream().max(BY_END))
                .orElseThrow();
        return new Standing(decides, lastStatus(history, decides));
    }

    DeliveryStatus status() {
        return run.status();
    }

    CodeClass code() {
        return CodeClass.of(lastHttpStatus);
    }

    /** The whole delivery, for those who ask. */
    static LoggedDelivery show(EndpointId endpoint, String deliveryId, History history) {
        Standing standing = of(history);
        Run run = standing.run;
        Ending ending = run.ending();
        boolean open = run.isOpen();
        LoggedAttempt last = run.last();
        List<LoggedAttempt> attempts = attempts(history);
        return new LoggedDelivery(
                deliveryId,
                endpoint,
                history.eventId(),
                history.eventType(),
                history.profile(),
                history.test(),
                DeliveryId.occurredAtMs(deliveryId),
                standing.status(),
                open ? null : ending != null ? ending.reason() : word(last),
                open ? run.waiting() : null,
                standing.lastHttpStatus,
                open ? null : ending != null ? Long.valueOf(ending.endedAtMs()) : endOf(last),
                attempts.size() + history.leftOut().attempts(),
                attempts);
    }

    /** Run by run: dispatchers whose clocks differ may share one, and its attempts have numbers. */
    private static List<LoggedAttempt> attempts(History history) {
        return history.runs().stream()
                .map(Run::attempts)
                .filter(attempts -> !attempts.isEmpty())
                .sorted(Comparator.comparingLong(attempts -> attempts.get(0).startedAtMs()))
                .flatMap(List::stream)
                .toList();
    }

    /** Of the run that decides; when it has made no attempt, of the one that made the last. */
    private static @Nullable Integer lastStatus(History history, Run decides) {
        LoggedAttempt last = decides.last();
        Ending ending = decides.ending();
        if (last == null && ending != null && ending.attempts() > 0) {
            return ending.lastHttpStatus();
        }
        if (last == null) {
            last = history.runs().stream()
                    .flatMap(run -> run.attempts().stream())
                    .max(Comparator.comparingLong(LoggedAttempt::startedAtMs))
                    .orElse(null);
        }
        return last == null ? null : last.httpStatus();
    }

    private static long endOffset(Run run) {
        Ending ending = run.ending();
        return ending == null ? Long.MAX_VALUE : ending.offset();
    }

    private static @Nullable String word(@Nullable LoggedAttempt last) {
        return last == null ? null : last.result().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Long endOf(@Nullable LoggedAttempt last) {
        return last == null ? null : last.startedAtMs() + last.durationMs();
    }
}
