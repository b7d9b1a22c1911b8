package dev.hookswitch.common.topics;

import java.time.Duration;

/**
 * A delay topic.
 *
 * @param name the delay as people write it, for instance {@code 30s}
 * @param delay how long a record waits in it
 * @param topic its topic, with prefix
 */
public record Tier(String name, Duration delay, String topic) {}
