package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.Kind;
import dev.hookswitch.console.recovery.RecoveryCount;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import dev.hookswitch.console.recovery.Retried;
import java.time.Instant;
import java.util.Locale;

/** Retries and recoveries as the command line prints them. */
final class RecoveryText {
    private RecoveryText() {}

    static String retried(Retried retried) {
        OutcomeRow before = retried.before();
        return before.deliveryId() + " is put once more as " + retried.recoveryId() + " for " + before.webhookId()
                + "; it had been " + before.outcome().name().toLowerCase(Locale.ROOT) + " (" + before.reason() + ") at "
                + Instant.ofEpochMilli(before.endedAtMs());
    }

    static String counted(RecoveryRequest request, RecoveryCount count) {
        return found(
                        count.found(),
                        request.endpoint().webhookId(),
                        request.kind(),
                        count.since().toEpochMilli())
                + (count.gone() == 0 ? "" : ", " + count.gone() + " of them no longer kept by Kafka")
                + "; nothing was put";
    }

    static String begun(RecoveryRun run) {
        RecoveryRow row = run.row();
        String found = found(row.found(), row.webhookId(), row.kind(), row.sinceMs());
        return run.isResumed()
                ? row.recoveryId() + " goes on: " + found + ", " + run.left() + " of them left"
                : row.recoveryId() + " begins: " + found;
    }

    private static String found(long count, String webhookId, Kind kind, long sinceMs) {
        String what = kind == Kind.MISSED
                ? " events that " + webhookId + " missed since "
                : " deliveries that " + webhookId + " did not get since ";
        return count + what + Instant.ofEpochMilli(sinceMs);
    }

    static String progress(RecoveryRow row) {
        return row.recoveryId() + ": " + row.dealtWith() + " of " + row.found();
    }

    static String ended(RecoveryRow row) {
        String how =
                row.state() == RecoveryRow.State.RUNNING ? " is interrupted, call it again to go on: " : " is done: ";
        return row.recoveryId() + how + done(row);
    }

    static String cancelled(RecoveryRow row) {
        return row.recoveryId() + " is cancelled: " + done(row);
    }

    private static String done(RecoveryRow row) {
        return row.put() + " put once more, " + row.gone() + " no longer kept by Kafka, " + row.unfit()
                + " of which no body can be made";
    }
}
