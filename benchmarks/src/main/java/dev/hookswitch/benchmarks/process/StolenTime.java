package dev.hookswitch.benchmarks.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When the hypervisor gave the machine's processors to others. What was slow in such a time was not slow by itself. Marks the
 * machine's time every second, from its beginning until it is closed.
 */
public final class StolenTime implements AutoCloseable {
    /** So much of the processors' time may be taken: less than a deadline or a percentile feels. */
    public static final double TOLERATED_SHARE = 0.02;

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<MachineTime> machine;
    private final LongSupplier nanoTime;
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    private record Mark(long nanos, MachineTime time) {}

    /** Begins to mark. */
    public StolenTime() {
        this(MachineTime::now, System::nanoTime);
        var unused = thread.scheduleAtFixedRate(this::mark, 0, EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Marks only when it is told to. */
    StolenTime(Supplier<MachineTime> machine, LongSupplier nanoTime) {
        this.machine = machine;
        this.nanoTime = nanoTime;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread marking = new Thread(task, "stolen-time");
            marking.setDaemon(true);
            return marking;
        });
    }

    void mark() {
        marks.add(new Mark(nanoTime.getAsLong(), machine.get()));
    }

    /** Whether it is known that no more than tolerated was taken in any second that touches this time. */
    public boolean isOurs(long fromNanos, long toNanos) {
        boolean any = false;
        for (int i = 1; i < marks.size(); i++) {
            Mark from = marks.get(i - 1);
            Mark to = marks.get(i);
            if (to.nanos - fromNanos >= 0 && from.nanos - toNanos < 0) {
                any = true;
                if (to.time.stolenShareSince(from.time) > TOLERATED_SHARE) {
                    return false;
                }
            }
        }
        return any;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
