package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Pause;
import java.time.Duration;

/** Waiting while a contender is under load. */
final class UnderLoad {
    /** After the beginning of load, until connections are open and it is even. */
    static final Duration SETTLE = Duration.ofMillis(1_500);

    private static final Duration LOOK = Duration.ofMillis(250);

    private UnderLoad() {}

    /**
     * Waits so long, at most until the receiver has had so many requests.
     *
     * @param untilRequests since the receiver's start
     */
    static void pause(Duration duration, ChildProcess receiver, long untilRequests) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            Pause.of(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            if (receiver.mark().number("done") >= untilRequests) {
                return;
            }
        }
    }
}
