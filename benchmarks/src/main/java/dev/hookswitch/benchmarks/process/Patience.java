package dev.hookswitch.benchmarks.process;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Ends when something makes no progress any more. For one thread. */
public final class Patience {
    private final long limitNanos;
    private final LongSupplier nanoTime;
    private long figure;
    private long sinceNanos;
    private boolean begun;

    /** @param limit how long a figure may stay as it is */
    public Patience(Duration limit) {
        this(limit, System::nanoTime);
    }

    Patience(Duration limit, LongSupplier nanoTime) {
        this.limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Takes the figure of now; tells whether it was another one not too long ago. */
    public boolean lasts(long now) {
        long nowNanos = nanoTime.getAsLong();
        if (!begun || now != figure) {
            begun = true;
            figure = now;
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos < limitNanos;
    }
}
