package dev.hookswitch.dispatcher.attempt;

import dev.hookswitch.common.model.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what came back into the closed set of results. Pure. */
public final class OutcomeClassifier {
    private OutcomeClassifier() {}

    /** What a final status code means. */
    public static AttemptResult classify(int status) {
        if (status >= 200 && status < 300) {
            return AttemptResult.SUCCESS;
        }
        if (status >= 300 && status < 400) {
            return AttemptResult.REDIRECT;
        }
        if (status == 410) {
            return AttemptResult.GONE;
        }
        if (status == 429) {
            return AttemptResult.RATE_LIMITED;
        }
        if (status == 408 || status == 425) {
            return AttemptResult.TRY_AGAIN;
        }
        if (status >= 400 && status < 500) {
            return AttemptResult.CLIENT_ERROR;
        }
        return status >= 500 && status < 600 ? AttemptResult.SERVER_ERROR : AttemptResult.TRANSPORT;
    }

    /**
     * How long a receiver asks to be left alone (RFC 9110, 10.2.3): seconds or an HTTP date, on 429 and 503 alone.
     * Malformed or past: nothing. Seconds beyond 2^31 - 1 count as so many.
     */
    public static Optional<Duration> retryAfter(int status, @Nullable String header, Instant now) {
        if (header == null || (status != 429 && status != 503)) {
            return Optional.empty();
        }
        String text = header.trim();
        if (text.matches("[0-9]+")) {
            return Optional.of(seconds(text));
        }
        return HttpDate.parse(text, now).filter(at -> at.isAfter(now)).map(at -> Duration.between(now, at));
    }

    private static Duration seconds(String digits) {
        try {
            return Duration.ofSeconds(Math.min(Integer.MAX_VALUE, Long.parseLong(digits)));
        } catch (NumberFormatException tooMany) {
            return Duration.ofSeconds(Integer.MAX_VALUE);
        }
    }
}
