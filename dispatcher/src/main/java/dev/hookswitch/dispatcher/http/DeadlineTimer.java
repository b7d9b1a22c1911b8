package dev.hookswitch.dispatcher.http;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hard deadlines. The deadlines of one length expire in the order in which they were set, so a queue for each length needs
 * no sorting, and what is done in time is passed over when its turn comes.
 */
final class DeadlineTimer implements AutoCloseable {
    private static final long TICK_MILLIS = 10;

    private final Map<Duration, Queue<Entry>> queues = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService ticker;

    /** What can expire; called again and again until it answers true. */
    interface Expirable {
        /** Whether nothing is left to do for the timer. */
        boolean finished();

        void expire();
    }

    private record Entry(long atNanos, Expirable what) {}

    DeadlineTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ticker = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "attempt-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(Duration deadline, Expirable what) {
        queues.computeIfAbsent(deadline, key -> new ConcurrentLinkedQueue<>())
                .add(new Entry(nanoTime.getAsLong() + deadline.toNanos(), what));
    }

    /** Expires what is due; package-private so that a test can drive it. */
    void tick() {
        long now = nanoTime.getAsLong();
        for (Queue<Entry> queue : queues.values()) {
            for (Entry head = queue.peek(); head != null; head = queue.peek()) {
                if (!head.what().finished()) {
                    if (head.atNanos() - now > 0) {
                        break;
                    }
                    head.what().expire();
                }
                queue.poll();
            }
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
