package dev.hookswitch.common.access;

import java.time.Duration;

/**
 * So many requests may come at once, and as many come back in each period, evenly.
 *
 * @param requests at least 1
 * @param period longer than zero
 */
public record RateLimit(int requests, Duration period) {
    /** @throws IllegalArgumentException when no limit is like this */
    public RateLimit {
        if (requests < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "a limit must be at least 1 request in a time, was " + requests + " in " + period);
        }
    }

    public static RateLimit perSecond(int requests) {
        return new RateLimit(requests, Duration.ofSeconds(1));
    }

    public static RateLimit perMinute(int requests) {
        return new RateLimit(requests, Duration.ofMinutes(1));
    }

    /** How long it takes until one more may come. */
    double nanosForOne() {
        return (double) period.toNanos() / requests;
    }
}
