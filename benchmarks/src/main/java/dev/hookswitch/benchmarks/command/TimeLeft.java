package dev.hookswitch.benchmarks.command;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how far a run is and how long it will still take: what is left of it, at the pace of what was done. */
public final class TimeLeft {
    private double planned;
    private int steps;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private double done;
    private int stepsDone;

    /**
     * Of a run that begins now.
     *
     * @param planned work in all, in any unit
     * @param steps that are counted
     */
    public TimeLeft(double planned, int steps) {
        this(planned, steps, System::nanoTime);
    }

    TimeLeft(double planned, int steps, LongSupplier nanoTime) {
        this.planned = planned;
        this.steps = steps;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** One more step than was planned, which is so much work. */
    public void oneMore(double work) {
        planned += work;
        steps++;
    }

    /** So much of the work is done, which is no step. */
    public void did(double work) {
        done += work;
    }

    /** A step is done, which was so much of the work. */
    public void didStep(double work) {
        did(work);
        stepsDone++;
    }

    /** For the beginning of a line, once something was done: {@code [3/40, 12:05 left]}. */
    public String prefix() {
        double spentNanos = nanoTime.getAsLong() - startNanos;
        Duration left = Duration.ofNanos((long) (spentNanos * Math.max(0, planned - done) / done));
        return String.format(Locale.ROOT, "[%d/%d, %s left]", stepsDone, steps, ProgressLines.minutes(left));
    }
}
