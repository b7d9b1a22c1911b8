package dev.hookswitch.benchmarks.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When the hypervisor gave the machine's processors to others. What was slow in such a time was not slow by itself. Marks the
 * machine's time from its beginning until it is closed.
 */
public final class StolenTime implements AutoCloseable {
    /** How long it takes until what waited while a processor was away has been made up for. */
    public static final Duration AFTERMATH = Duration.ofMillis(100);

    private static final Duration EVERY = Duration.ofMillis(20);

    private final Supplier<MachineTime> machine;
    private final LongSupplier nanoTime;
    /** Ticks that had been taken by then. */
    private final ConcurrentSkipListMap<Long, Long> takenByNanos = new ConcurrentSkipListMap<>();

    private final ScheduledExecutorService thread;

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
        takenByNanos.put(nanoTime.getAsLong(), machine.get().stolen());
    }

    /**
     * Whether it is known that nothing at all was taken, from {@link #AFTERMATH} before this moment to as long after it. The
     * same stretch for whatever was due then, whether it was slow or not: what was slow may not be more likely to be left out.
     */
    public boolean isOurs(long atNanos) {
        Map.Entry<Long, Long> before = takenByNanos.floorEntry(atNanos - AFTERMATH.toNanos());
        Map.Entry<Long, Long> after = takenByNanos.ceilingEntry(atNanos + AFTERMATH.toNanos());
        return before != null && after != null && before.getValue().equals(after.getValue());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
