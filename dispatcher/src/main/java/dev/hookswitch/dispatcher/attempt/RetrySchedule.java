package dev.hookswitch.dispatcher.attempt;

import dev.hookswitch.common.model.RetryDelays;
import dev.hookswitch.common.profile.Profile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a failed delivery to an endpoint is tried again.
 *
 * @param delays the delay before each retry, ascending
 * @param goneIsFinal whether a 410 ends the delivery at once
 */
public record RetrySchedule(List<Duration> delays, boolean goneIsFinal) {
    public RetrySchedule {
        delays = List.copyOf(delays);
    }

    /**
     * The schedule of an endpoint.
     *
     * @param own the delays of the endpoint itself, as its subscription holds them; null when those of its profile count
     */
    public static RetrySchedule of(Profile profile, @Nullable List<String> own) {
        return new RetrySchedule(
                own == null ? profile.retryDelays() : RetryDelays.parse(own),
                profile.disable().atOnceOnGone());
    }

    /** One attempt and no more. */
    public RetrySchedule once() {
        return new RetrySchedule(List.of(), goneIsFinal);
    }

    /** How many POSTs a delivery gets at the most. */
    public int maxAttempts() {
        return delays.size() + 1;
    }
}
