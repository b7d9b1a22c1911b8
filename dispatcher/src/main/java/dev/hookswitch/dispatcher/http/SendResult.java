package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import org.jspecify.annotations.Nullable;

/** What came back from one POST: a closed set, never an exception. */
public sealed interface SendResult {
    /**
     * A final status line.
     *
     * @param status the code
     * @param retryAfter the header of that name, or null
     */
    record Answered(int status, @Nullable String retryAfter) implements SendResult {}

    /** No status line, and why. */
    record Failed(AttemptResult reason) implements SendResult {}
}
