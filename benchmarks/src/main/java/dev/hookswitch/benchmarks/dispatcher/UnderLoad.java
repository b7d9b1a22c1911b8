package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.ChildProcess;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting while other processes work. */
final class Pause {
    /** How often is looked. */
    static final Duration LOOK = Duration.ofMillis(250);

    /** After the beginning of load, until connections are open and it is even. */
    static final Duration SETTLE = Duration.ofMillis(1_500);

    private Pause() {}

    /** Waits so long. */
    static void of(Duration duration) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /**
     * Waits so long, at most until the receiver has had so many requests.
     *
     * @param untilRequests since the receiver's start
     */
    static void of(Duration duration, ChildProcess receiver, long untilRequests) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            of(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            if (receiver.mark().number("done") >= untilRequests) {
                return;
            }
        }
    }
}
