package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.config.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * The limits of a lane.
 *
 * @param maxInFlight POSTs in flight
 * @param maxInFlightPerEndpoint POSTs in flight to one endpoint
 * @param maxAhead records read ahead of the oldest unfinished one of a partition
 * @param commitInterval results are committed after this time at the latest
 * @param commitMaxResults results are committed once there are so many
 * @param drainTimeout how long a clean stop waits for what is in flight
 * @param groupProtocol of the consumer
 */
public record LaneSettings(
        int maxInFlight,
        int maxInFlightPerEndpoint,
        int maxAhead,
        Duration commitInterval,
        int commitMaxResults,
        Duration drainTimeout,
        String groupProtocol) {

    public static LaneSettings read(SettingsReader settings) {
        return new LaneSettings(
                settings.integer("dispatcher.max-in-flight", 8, 100_000),
                settings.integer("dispatcher.max-in-flight-per-endpoint", 1, 100_000),
                settings.integer("dispatcher.max-ahead", 100, 1_000_000),
                settings.duration("dispatcher.commit-interval", Duration.ofMillis(1), Duration.ofSeconds(5)),
                settings.integer("dispatcher.commit-max-results", 1, 100_000),
                settings.duration("dispatcher.drain-timeout", Duration.ZERO, Duration.ofMinutes(10)),
                settings.choice("dispatcher.group-protocol", List.of("consumer", "classic")));
    }

    /** Records taken in at a time: small enough that the limit on POSTs in flight is never passed. */
    public int maxPollRecords() {
        return Math.max(1, Math.min(500, maxInFlight / 8));
    }

    /** Deliveries that wait for their endpoint, over all endpoints. */
    int maxQueued() {
        return 4 * maxInFlight;
    }

    /** Results that wait for a commit; beyond it nothing more is taken in. */
    int maxUncommitted() {
        return 2 * commitMaxResults + maxInFlight;
    }
}
