package dev.hookswitch.ingest;

import java.time.Duration;

/**
 * How much may wait for Kafka, and for how long.
 *
 * @param maxWaiting requests that wait for an acknowledgement; more are turned away at once
 * @param maxBlock how long a request waits for room in the producer or for word where the topic is
 * @param acknowledgement how long it waits for the acknowledgement after that
 */
record Limits(int maxWaiting, Duration maxBlock, Duration acknowledgement) {
    static final Limits STANDARD = new Limits(200, Duration.ofSeconds(2), Duration.ofSeconds(8));
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** No request waits longer for Kafka. */
    Duration total() {
        return maxBlock.plus(acknowledgement).plus(GRACE);
    }
}
