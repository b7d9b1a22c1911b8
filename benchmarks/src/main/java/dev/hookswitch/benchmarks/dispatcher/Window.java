package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Message;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What the processes showed at the beginning and at the end of a window.
 *
 * @param from of the contender
 * @param to of the contender
 */
record Window(
        Message from, Message to, Message receiverFrom, Message receiverTo, Message brokerFrom, Message brokerTo) {
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    private static final double NOT_STEADY_AFTER = 0.95;

    /**
     * Lets a contender warm up and measures it.
     *
     * @param backlog how many deliveries it has; the window ends before the last of them
     */
    static Window measure(Options options, Stage stage, ChildProcess receiver, ChildProcess contender, long backlog)
            throws InterruptedException {
        long steadyUntil = (long) (backlog * NOT_STEADY_AFTER);
        pause(options.warmUp(), receiver, Long.MAX_VALUE, 0);
        Message brokerFrom = stage.broker().mark();
        Message receiverFrom = receiver.mark();
        Message from = contender.mark();
        if (from.number("done") >= steadyUntil) {
            throw new IllegalStateException(
                    "the warm-up used up all of " + backlog + " deliveries: allow more, or a shorter warm-up");
        }
        pause(options.window(), receiver, receiverFrom.number("done") + steadyUntil - from.number("done"), LOOK_NANOS);
        Message to = contender.mark();
        return new Window(
                from,
                to,
                receiverFrom,
                receiver.mark(),
                brokerFrom,
                stage.broker().mark());
    }

    /** Waits, at most until the receiver has had so many requests. */
    private static void pause(Duration duration, ChildProcess receiver, long untilRequests, long lookNanos)
            throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(lookNanos == 0 ? left : Math.min(left, lookNanos));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (lookNanos > 0 && receiver.mark().number("done") >= untilRequests) {
                return;
            }
        }
    }

    double seconds() {
        return difference(from, to, "nanos") / 1e9;
    }

    double cpuSeconds() {
        return difference(from, to, "cpuNanos") / 1e9;
    }

    double receiverCpuSeconds() {
        return difference(receiverFrom, receiverTo, "cpuNanos") / 1e9;
    }

    double brokerCpuSeconds() {
        return difference(brokerFrom, brokerTo, "cpuNanos") / 1e9;
    }

    long done() {
        return difference(from, to, "done");
    }

    private static long difference(Message before, Message after, String key) {
        return after.number(key) - before.number(key);
    }
}
