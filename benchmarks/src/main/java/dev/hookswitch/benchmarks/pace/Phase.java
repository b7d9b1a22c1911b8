package dev.hookswitch.benchmarks.pace;

import java.time.Duration;

/**
 * A stretch of time under one kind of traffic.
 *
 * @param name such as {@code pair 1}
 * @param disturbed whether the bad endpoints have traffic
 * @param fromNanos on the clock of the stamps
 * @param toNanos not in it
 */
public record Phase(String name, boolean disturbed, long fromNanos, long toNanos) {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    public boolean contains(long nanos) {
        return nanos - fromNanos >= 0 && nanos - toNanos < 0;
    }

    /** Whole seconds. */
    public int seconds() {
        return (int) ((toNanos - fromNanos) / SECOND);
    }

    /** Which second of the phase. */
    public int second(long nanos) {
        return (int) ((nanos - fromNanos) / SECOND);
    }
}
