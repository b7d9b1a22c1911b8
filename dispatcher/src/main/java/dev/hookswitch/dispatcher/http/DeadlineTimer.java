package dev.hookswitch.dispatcher.http;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hard deadlines, at most two ticks late. What is done in time is taken out at once, so that only what is in flight is
 * held. Safe for several threads.
 *
 * <p>Time in which this process stood still (collector, suspended machine, no CPU) does not count: answers that came
 * meanwhile lie in the sockets unread, and a pause of ours is no fault of the endpoints.
 */
final class DeadlineTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineTimer.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Who looks so late has stood still: a second. */
    private static final long PAUSE_TICKS = 100;

    private final Map<Long, Set<Expirable>> byTick = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final ScheduledExecutorService ticker;
    private volatile long passed = -1;
    /** In which the process stood still. Written by the ticker alone, as are the next two. */
    private volatile long pausedTicks;

    private long lookedAt;
    private boolean wasLate;

    /** What can expire. */
    @FunctionalInterface
    interface Expirable {
        void expire();
    }

    DeadlineTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.ticker = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "attempt-deadlines");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ticks by itself from now on. */
    void start() {
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** Sets a deadline. Expires once, unless it is removed before; the answer is for {@link #remove}. */
    long add(Duration deadline, Expirable what) {
        long tick = (nanoTime.getAsLong() - startNanos + deadline.toNanos()) / TICK_NANOS + 1 - pausedTicks;
        byTick.compute(tick, (key, before) -> {
            Set<Expirable> due = before == null ? ConcurrentHashMap.newKeySet() : before;
            due.add(what);
            return due;
        });
        if (tick <= passed) {
            // The ticker went by while it was being added, and may have missed it.
            expire(tick);
        }
        return tick;
    }

    /** Takes a deadline out that is no longer needed. */
    void remove(long tick, Expirable what) {
        Set<Expirable> due = byTick.get(tick);
        if (due != null) {
            due.remove(what);
        }
    }

    /** How many deadlines are set. */
    int size() {
        return byTick.values().stream().mapToInt(Set::size).sum();
    }

    /** Expires what is due; package-private so that a test can drive it. */
    void tick() {
        long now = (nanoTime.getAsLong() - startNanos) / TICK_NANOS;
        leaveOutAPause(now);
        now -= pausedTicks;
        long first = passed + 1;
        // Before the look: whoever adds to a tick that is looked at now then sees that it has passed.
        passed = Math.max(passed, now);
        for (long tick = first; tick <= now; tick++) {
            expire(tick);
        }
    }

    /** Not two in a row: on a machine that is always late, deadlines pass all the same. */
    private void leaveOutAPause(long now) {
        long sinceLook = now - lookedAt;
        lookedAt = now;
        boolean late = sinceLook > PAUSE_TICKS;
        if (late && !wasLate) {
            pausedTicks = pausedTicks + sinceLook - 1;
        }
        wasLate = late;
    }

    private void expire(long tick) {
        Set<Expirable> due = byTick.remove(tick);
        if (due == null) {
            return;
        }
        for (Expirable what : due) {
            try {
                what.expire();
            } catch (RuntimeException e) {
                // Or it would end the ticker, and with it every later deadline.
                LOG.error("a deadline could not be enforced", e);
            }
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
