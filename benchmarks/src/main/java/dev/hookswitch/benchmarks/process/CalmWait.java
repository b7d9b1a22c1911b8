package dev.hookswitch.benchmarks.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Waits until the hypervisor leaves the machine to those who run on it. Whether it does shows only under load, so all
 * processors are kept busy for a moment to find out.
 */
public final class CalmWait {
    /** More than this part of the processors' time stolen is not calm. */
    public static final double CALM = 0.03;

    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final DoubleSupplier stolenShare;
    private final Consumer<String> progress;
    private final Sleeper sleeper;
    private Duration patience;

    /** Waits so long. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** @param patience how long it waits at the most, in all waits together */
    public CalmWait(Duration patience, Consumer<String> progress) {
        this(patience, progress, CalmWait::probe, Pause::of);
    }

    CalmWait(Duration patience, Consumer<String> progress, DoubleSupplier stolenShare, Sleeper sleeper) {
        this.patience = patience;
        this.progress = progress;
        this.stolenShare = stolenShare;
        this.sleeper = sleeper;
    }

    /** Returns when a probe was calm, or when there is no patience left. */
    public void await() throws InterruptedException {
        while (patience.compareTo(EVERY) >= 0) {
            double stolen = stolenShare.getAsDouble();
            if (stolen <= CALM) {
                return;
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "%.0f %% of the machine is stolen, waiting for a calm moment, for %d s more at the most",
                    100 * stolen,
                    patience.toSeconds()));
            sleeper.sleep(EVERY);
            patience = patience.minus(EVERY);
        }
    }

    private static double probe() {
        MachineTime before = MachineTime.now();
        long untilNanos = System.nanoTime() + PROBE.toNanos();
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> spin(untilNanos), "calm-probe");
            thread.start();
            busy.add(thread);
        }
        for (Thread thread : busy) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return MachineTime.now().stolenShareSince(before);
    }

    private static void spin(long untilNanos) {
        while (System.nanoTime() - untilNanos < 0) {
            Thread.onSpinWait();
        }
    }
}
