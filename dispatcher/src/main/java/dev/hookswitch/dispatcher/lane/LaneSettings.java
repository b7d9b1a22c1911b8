package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.Subscription;
import java.time.Duration;
import java.util.List;

/**
 * The limits of a lane.
 *
 * @param maxInFlight POSTs in flight that have not become slow
 * @param maxSlowInFlight POSTs in flight that have become slow, besides
 * @param maxInFlightPerEndpoint POSTs in flight to one endpoint
 * @param maxPerSecondPerEndpoint deliveries per second to an endpoint that has no limit of its own; 0 for none
 * @param maxAhead records read ahead of the oldest unfinished one of a partition
 * @param commitInterval results are committed after this time at the latest
 * @param commitMaxResults results are committed once there are so many
 * @param commitMaxBytes results are committed once what is to be written about them has so many bytes
 * @param maxHeldBytes bytes of deliveries and results in memory; beyond it nothing more is begun
 * @param drainTimeout how long a clean stop waits for what is in flight
 * @param handoverTimeout how long partitions that go to another lane may wait for what is in flight of them
 * @param groupProtocol of the consumer
 */
public record LaneSettings(
        int maxInFlight,
        int maxSlowInFlight,
        int maxInFlightPerEndpoint,
        double maxPerSecondPerEndpoint,
        int maxAhead,
        Duration commitInterval,
        int commitMaxResults,
        int commitMaxBytes,
        int maxHeldBytes,
        Duration drainTimeout,
        Duration handoverTimeout,
        String groupProtocol) {

    public static LaneSettings read(SettingsReader settings) {
        return new LaneSettings(
                settings.integer("dispatcher.max-in-flight", 8, 100_000),
                settings.integer("dispatcher.max-slow-in-flight", 0, 100_000),
                settings.integer("dispatcher.max-in-flight-per-endpoint", 1, 100_000),
                maxPerSecond(settings, "dispatcher.max-per-second-per-endpoint"),
                settings.integer("dispatcher.max-ahead", 100, 1_000_000),
                settings.duration("dispatcher.commit-interval", Duration.ofMillis(1), Duration.ofSeconds(5)),
                settings.integer("dispatcher.commit-max-results", 1, 100_000),
                settings.integer("dispatcher.commit-max-bytes", 64 * 1024, 256 * 1024 * 1024),
                settings.integer("dispatcher.max-held-bytes", 1024 * 1024, Integer.MAX_VALUE),
                settings.duration("dispatcher.drain-timeout", Duration.ZERO, Duration.ofMinutes(10)),
                settings.duration("dispatcher.handover-timeout", Duration.ZERO, Duration.ofMinutes(1)),
                settings.choice("dispatcher.group-protocol", List.of("consumer", "classic")));
    }

    private static double maxPerSecond(SettingsReader settings, String key) {
        double perSecond = settings.decimal(key, 0, Subscription.MOST_PER_SECOND);
        if (perSecond > 0 && perSecond < Subscription.LEAST_PER_SECOND) {
            settings.problem(key, "must be 0 for no limit or at least " + Subscription.LEAST_PER_SECOND);
        }
        return perSecond;
    }

    /** Records that a poll brings at the most. */
    public static final int MAX_POLL_RECORDS = 500;

    /** Deliveries that wait for their endpoint, over all endpoints. */
    int maxQueued() {
        return 4 * maxInFlight;
    }

    /** Results that wait for a commit; beyond it nothing more is taken in. */
    int maxUncommitted() {
        return 2 * commitMaxResults + maxInFlight;
    }
}
