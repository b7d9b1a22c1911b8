package dev.hookswitch.console.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Tells work that the process is asked to end, and lets it end its transaction first. */
final class StopOnSignal implements BooleanSupplier, AutoCloseable {
    private static final long GRACE_SECONDS = 3;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop");

    private StopOnSignal() {}

    static StopOnSignal install() {
        StopOnSignal signal = new StopOnSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void stopAndWait() {
        stop.set(true);
        try {
            // Nothing is lost when the time is over.
            boolean unused = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return stop.get();
    }

    @Override
    public void close() {
        ended.countDown();
        if (!stop.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endsAlready) {
                // The hook has been told.
            }
        }
    }
}
