package dev.hookswitch.benchmarks.dispatcher;

import java.time.Duration;

/** Decides when a contender has had load enough: the JIT compiler has settled, or the most has been spent on it. */
final class WarmUp {
    /** How long a stretch is after which the compiler is asked. */
    static final Duration STRETCH = Duration.ofSeconds(2);

    private static final Duration TELLING = Duration.ofSeconds(1);
    /** A compiler that is busy for less of the time no longer counts. */
    private static final double SETTLED = 0.1;

    private final Duration atLeast;
    private final Duration atMost;
    private Duration loaded = Duration.ZERO;
    private boolean settled;

    /** Both limits are of time under full load. */
    WarmUp(Duration atLeast, Duration atMost) {
        this.atLeast = atLeast;
        this.atMost = atMost;
    }

    /** It had full load, but something else took part of the machine. */
    void disturbed(Duration time) {
        loaded = loaded.plus(time);
    }

    /**
     * It had full load; what is too short tells nothing about the compiler.
     *
     * @param jit what the compiler took of it
     */
    void undisturbed(Duration time, Duration jit) {
        loaded = loaded.plus(time);
        if (time.compareTo(TELLING) >= 0) {
            settled = jit.toNanos() < SETTLED * time.toNanos();
        }
    }

    boolean isOver() {
        return loaded.compareTo(atMost) >= 0 || (settled && loaded.compareTo(atLeast) >= 0);
    }

    boolean hasSettled() {
        return settled;
    }

    /** Under full load so far. */
    Duration loaded() {
        return loaded;
    }
}
