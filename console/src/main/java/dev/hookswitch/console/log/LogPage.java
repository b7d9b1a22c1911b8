package dev.hookswitch.console.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some deliveries of an endpoint, newest first. With filters a page may have fewer than its limit, or none, although there
 * are more: the work for a page is bounded, and the cursor goes on where it stopped.
 *
 * @param nextCursor where the next page begins; null when there is none
 */
public record LogPage(
        List<LoggedDelivery> deliveries, @Nullable String nextCursor) {
    public LogPage {
        deliveries = List.copyOf(deliveries);
    }
}
