package dev.hookswitch.console.log;

import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a console answers another. Nothing at all: there is no such delivery.
 *
 * @param unavailable why it cannot say
 * @param retryAfterMs after which time to ask again
 */
record Answer(
        @Nullable LoggedDelivery delivery,
        @Nullable LogPage page,
        @Nullable Reason unavailable,
        long retryAfterMs) {

    static Answer delivery(@Nullable LoggedDelivery delivery) {
        return new Answer(delivery, null, null, 0);
    }

    static Answer page(LogPage page) {
        return new Answer(null, page, null, 0);
    }

    static Answer unavailable(LogUnavailable why) {
        return new Answer(null, null, why.reason(), why.retryAfter().toMillis());
    }

    /** @throws LogUnavailable when that is the answer */
    Answer orThrow() {
        if (unavailable != null) {
            throw new LogUnavailable(
                    unavailable, Duration.ofMillis(retryAfterMs), "the console that has this log says: " + unavailable);
        }
        return this;
    }

    Optional<LoggedDelivery> asDelivery() {
        return Optional.ofNullable(delivery);
    }

    LogPage asPage() {
        return Objects.requireNonNull(page, "page");
    }
}
