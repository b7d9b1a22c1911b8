package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow.Decision;
import org.jspecify.annotations.Nullable;

/**
 * One POST.
 *
 * @param attempt 1 for the first POST, and for the first of each recovery
 * @param maxAttempts how many the endpoint's schedule allowed; null when it is not known
 * @param recoveryId the manual retry or recovery that made it; null for none
 * @param startedAtMs when it began, epoch milliseconds
 * @param durationMs until the status line or the failure
 * @param result how it ended
 * @param httpStatus null when there was no status line
 * @param decision what followed from it
 * @param activation under which enabling of the endpoint it was made
 */
public record LoggedAttempt(
        int attempt,
        @Nullable Integer maxAttempts,
        @Nullable String recoveryId,
        long startedAtMs,
        long durationMs,
        AttemptResult result,
        @Nullable Integer httpStatus,
        Decision decision,
        long activation) {}
