package dev.hookswitch.console.recovery;

/**
 * A rate, kept in steps of a tenth of a second: whoever takes all that is ready and waits for the next step has a
 * transaction ten times a second and not one for each delivery. Time is an argument.
 */
final class Pace {
    private static final double STEP_SECONDS = 0.1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private double credit;
    private long atNanos;

    /** Begins with a step's worth. */
    Pace(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = Math.max(1, perSecond * STEP_SECONDS);
        this.credit = burst;
        this.atNanos = nowNanos;
    }

    /** How many may go now. */
    int ready(long nowNanos) {
        credit = Math.min(burst, credit + (nowNanos - atNanos) / NANOS_PER_SECOND * perSecond);
        atNanos = nowNanos;
        return (int) credit;
    }

    /** So many have gone. */
    void took(int count) {
        credit -= count;
    }

    /** How long until the next step; 0 when it is there. To be asked after {@link #ready}. */
    long waitNanos() {
        return (long) Math.max(0, Math.ceil((Math.floor(burst) - credit) / perSecond * NANOS_PER_SECOND));
    }
}
