package dev.hookswitch.console.log;

import dev.hookswitch.common.model.EndpointId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the log knows it.
 *
 * @param deliveryId what receivers see as {@code webhook-id}
 * @param endpoint where it goes
 * @param profile the vendor profile that made the body
 * @param test whether it is a test delivery
 * @param occurredAtMs when the event happened, epoch milliseconds
 * @param status how it stands, over all recoveries
 * @param reason why it ended so, as the outcome's row says; null while it is pending
 * @param waiting what a pending one waits for; null when it has ended or its next step is not known
 * @param lastHttpStatus of the last attempt; null when there was no status line
 * @param endedAtMs when it ended, epoch milliseconds; null while it is pending
 * @param attemptsMade POSTs, over all recoveries; more than {@link #attempts} when the oldest were left out
 * @param attempts each POST once, in order; deferrals are none
 */
public record LoggedDelivery(
        String deliveryId,
        EndpointId endpoint,
        String eventId,
        String eventType,
        String profile,
        boolean test,
        long occurredAtMs,
        DeliveryStatus status,
        @Nullable String reason,
        @Nullable Waiting waiting,
        @Nullable Integer lastHttpStatus,
        @Nullable Long endedAtMs,
        int attemptsMade,
        List<LoggedAttempt> attempts) {
    public LoggedDelivery {
        attempts = List.copyOf(attempts);
    }
}
