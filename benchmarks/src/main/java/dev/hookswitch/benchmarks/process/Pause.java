package dev.hookswitch.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting while other processes work. */
public final class Pause {
    /** How often {@link #until(long, Teller)} tells. */
    public static final Duration TELLING_EVERY = Duration.ofSeconds(30);

    /** Tells how far things are. */
    @FunctionalInterface
    public interface Teller {
        /** So many seconds are left. */
        void tell(long secondsLeft) throws InterruptedException;
    }

    private Pause() {}

    /** Waits so long. */
    public static void of(Duration duration) throws InterruptedException {
        until(System.nanoTime() + duration.toNanos());
    }

    /** Waits until this moment of {@link System#nanoTime}, which may be over. */
    public static void until(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The same, and tells now and then how far things are, but not shortly before the end. */
    public static void until(long nanos, Teller teller) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            of(Duration.ofNanos(Math.min(left, TELLING_EVERY.toNanos())));
            if (left > TELLING_EVERY.toNanos() * 3 / 2) {
                teller.tell(left / 1_000_000_000 - TELLING_EVERY.toSeconds());
            }
        }
    }
}
