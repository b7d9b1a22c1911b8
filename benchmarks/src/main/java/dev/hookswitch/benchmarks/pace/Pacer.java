package dev.hookswitch.benchmarks.pace;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.process.Pause;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Produces what a timetable says when it says so. When it is held up it makes up for it at once, and the stamp still says
 * when the delivery was due, so that a stall is not hidden (coordinated omission).
 */
final class Pacer {
    private static final int DIGITS = 3;

    private final Deliveries deliveries;
    private final Bodies bodies;
    private final Recorder lateMicros = new Recorder(DIGITS);
    private final PacedThread thread = new PacedThread("pacer");
    private volatile long produced;

    Pacer(Deliveries deliveries, Bodies bodies) {
        this.deliveries = deliveries;
        this.bodies = bodies;
    }

    /** Begins a run on a thread of its own; numbers go on from the run before. */
    void start(long originNanos, List<Stream> streams) {
        thread.start(() -> run(originNanos, new Timetable(streams)));
    }

    private void run(long originNanos, Timetable timetable) throws InterruptedException {
        long number = produced;
        for (Timetable.@Nullable Entry next = timetable.next(); next != null; next = timetable.next()) {
            long dueNanos = originNanos + next.dueNanos();
            Pause.until(dueNanos);
            lateMicros.recordValue((System.nanoTime() - dueNanos) / 1_000);
            byte[] body = new Stamp(number, next.endpoint(), dueNanos).on(bodies.get(number));
            deliveries.put(number, next.endpoint(), Instant.now(), body);
            produced = ++number;
        }
        deliveries.flush();
    }

    /** How many have been produced by all runs. */
    long produced() {
        return produced;
    }

    boolean running() {
        return thread.running();
    }

    /** How late it was itself, at the 99th percentile, since the last call. */
    long lateMicros() {
        return lateMicros.getIntervalHistogram().getValueAtPercentile(99);
    }
}
