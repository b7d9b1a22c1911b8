package dev.hookswitch.benchmarks.receiver;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Gives things back after a delay that is the same for all. For one thread. */
final class DelayLine<T> {
    private final long delayNanos;
    private final ArrayDeque<Waiting<T>> waiting = new ArrayDeque<>();

    private record Waiting<T>(long dueNanos, T what) {}

    DelayLine(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    void add(T what, long nowNanos) {
        waiting.add(new Waiting<>(nowNanos + delayNanos, what));
    }

    /** Gives out what is due; what is added meanwhile is not. */
    void release(long nowNanos, Consumer<T> take) {
        for (Waiting<T> first = waiting.peek();
                first != null && first.dueNanos() - nowNanos <= 0;
                first = waiting.peek()) {
            waiting.remove();
            take.accept(first.what());
        }
    }

    /** How long until something is due, at most so long. */
    long nanosToNext(long nowNanos, long atMost) {
        Waiting<T> first = waiting.peek();
        return first == null ? atMost : Math.max(0, Math.min(atMost, first.dueNanos() - nowNanos));
    }
}
