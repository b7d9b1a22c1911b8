package dev.hookswitch.benchmarks.dispatcher;

import java.time.Duration;

/** Tells how long a run will still take: what is left of it, at the pace of what was done. */
final class TimeLeft {
    private final double planned;
    private double done;

    /** @param planned work in all, in any unit */
    TimeLeft(double planned) {
        this.planned = planned;
    }

    /** So much of the work is done. */
    void did(double work) {
        done += work;
    }

    /** @param spent since the beginning, in which something was done */
    Duration after(Duration spent) {
        return Duration.ofMillis((long) (spent.toMillis() * Math.max(0, planned - done) / done));
    }
}
