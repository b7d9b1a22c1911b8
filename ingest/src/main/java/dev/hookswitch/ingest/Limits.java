package dev.hookswitch.ingest;

import dev.hookswitch.common.config.SettingsReader;
import java.time.Duration;

/**
 * How much may wait for Kafka, and for how long.
 *
 * @param maxWaiting requests that wait for an acknowledgement; more are turned away at once
 * @param maxBlock how long a request waits for room in the producer or for word where the topic is
 * @param acknowledgement how long it waits for the acknowledgement after that
 */
record Limits(int maxWaiting, Duration maxBlock, Duration acknowledgement) {
    private static final Duration GRACE = Duration.ofSeconds(1);

    static Limits of(SettingsReader reader) {
        return new Limits(
                reader.integer("ingest.max-waiting", 1, 10_000),
                reader.duration("ingest.block-timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
                reader.duration("ingest.acknowledgement-timeout", Duration.ofMillis(10), Duration.ofMinutes(2)));
    }

    /** No request waits longer for Kafka. */
    Duration total() {
        return maxBlock.plus(acknowledgement).plus(GRACE);
    }
}
