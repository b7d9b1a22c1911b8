package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts POSTs and how long they took. Safe for several threads. */
final class Tally {
    private static final int DIGITS = 3;

    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Recorder micros = new Recorder(DIGITS);

    void add(boolean success, long tookNanos) {
        (success ? done : failed).increment();
        micros.recordValue(tookNanos / 1000);
    }

    long failed() {
        return failed.sum();
    }

    /** The figures of the process with {@code done}, {@code failed} and percentiles since the last call. */
    Message mark() {
        Histogram since = micros.getIntervalHistogram();
        return ProcessFigures.mark()
                .with("done", done.sum())
                .with("failed", failed.sum())
                .with("p50Micros", since.getValueAtPercentile(50))
                .with("p99Micros", since.getValueAtPercentile(99));
    }
}
