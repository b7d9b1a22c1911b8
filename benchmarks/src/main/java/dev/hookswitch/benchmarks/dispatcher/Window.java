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
    private static final double LEFT_FOR_THE_WINDOW = 0.4;
    private static final long SETTLING_MS = 2_000;
    /** A compiler that is busy for less of the time no longer counts. */
    private static final double SETTLED = 0.1;

    /**
     * Lets a contender warm up and measures it.
     *
     * @param backlog how many deliveries it has; the window ends before the last of them
     */
    static Window measure(Options options, Stage stage, ChildProcess receiver, ChildProcess contender, long backlog)
            throws InterruptedException {
        long steadyUntil = (long) (backlog * NOT_STEADY_AFTER);
        warmUp(options, receiver, contender, backlog);
        Message brokerFrom = stage.broker().mark();
        Message receiverFrom = receiver.mark();
        Message from = contender.mark();
        if (from.number("done") >= steadyUntil) {
            throw new IllegalStateException(
                    "the warm-up used up all of " + backlog + " deliveries: allow more, or a shorter warm-up");
        }
        pause(options.window(), receiver, receiverFrom.number("done") + steadyUntil - from.number("done"));
        Message to = contender.mark();
        return new Window(
                from,
                to,
                receiverFrom,
                receiver.mark(),
                brokerFrom,
                stage.broker().mark());
    }

    /** Until the JIT compiler has settled; not so long that too little is left to measure. */
    private static void warmUp(Options options, ChildProcess receiver, ChildProcess contender, long backlog)
            throws InterruptedException {
        long enough = receiver.mark().number("done") + (long) (backlog * (1 - LEFT_FOR_THE_WINDOW));
        long endNanos = System.nanoTime() + options.maxWarmUp().toNanos();
        pause(options.warmUp(), receiver, enough);
        Message before = contender.mark();
        while (System.nanoTime() - endNanos < 0 && receiver.mark().number("done") < enough) {
            pause(Duration.ofMillis(SETTLING_MS), receiver, enough);
            Message now = contender.mark();
            if (difference(before, now, "jitMs") < SETTLED * SETTLING_MS) {
                return;
            }
            before = now;
        }
    }

    /** Waits, at most until the receiver has had so many requests. */
    private static void pause(Duration duration, ChildProcess receiver, long untilRequests)
            throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (receiver.mark().number("done") >= untilRequests) {
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

    double jitSeconds() {
        return difference(from, to, "jitMs") / 1e3;
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
