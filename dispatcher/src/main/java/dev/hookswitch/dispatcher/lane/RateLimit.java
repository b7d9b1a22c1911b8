package dev.hookswitch.dispatcher.lane;

/**
 * How many deliveries may begin in a time: over any T seconds at most {@code rate * T + burst}, the burst being what the
 * rate gives in one second, and at least one. That is the generic cell rate algorithm (ITU-T I.371). Time is an argument.
 */
final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private double perSecond;
    private long intervalNanos;
    /** How far ahead of an even pace one may be. */
    private long toleranceNanos;
    /** When an even pace would have caught up with what has begun. */
    private long evenNanos;

    /** No limit yet. */
    RateLimit(long nowNanos) {
        this.evenNanos = nowNanos;
    }

    /** Sets the rate; 0 is no limit. */
    void set(double newPerSecond) {
        if (newPerSecond == perSecond) {
            return;
        }
        perSecond = newPerSecond;
        intervalNanos = newPerSecond > 0 ? (long) Math.ceil(NANOS_PER_SECOND / newPerSecond) : 0;
        toleranceNanos = Math.max(0, (long) newPerSecond - 1) * intervalNanos;
    }

    /** Time from one to the next at an even pace; 0 without a limit. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** How long it takes until one more may begin. */
    long waitNanos(long nowNanos) {
        return intervalNanos == 0 ? 0 : Math.max(0, evenNanos - toleranceNanos - nowNanos);
    }

    /** Whether the whole burst is there. */
    boolean isRested(long nowNanos) {
        return intervalNanos == 0 || evenNanos - nowNanos <= 0;
    }

    void began(long nowNanos) {
        if (intervalNanos > 0) {
            evenNanos = (evenNanos - nowNanos > 0 ? evenNanos : nowNanos) + intervalNanos;
        }
    }
}
