package dev.hookswitch.standalone.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A sequence of "when this, then that", looked at from time to time. For one thread. */
final class Scene {
    private final Deque<Step> steps = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private long sinceNanos;

    private record Step(BooleanSupplier when, Runnable then) {}

    Scene(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.sinceNanos = nanoTime.getAsLong();
    }

    /** Once the steps before are done and this is so, does that. */
    Scene when(BooleanSupplier condition, Runnable action) {
        steps.add(new Step(condition, action));
        return this;
    }

    /** So long after the step before, does that. */
    Scene after(Duration pause, Runnable action) {
        return when(() -> nanoTime.getAsLong() - sinceNanos >= pause.toNanos(), action);
    }

    /** Does what can be done now. */
    void look() {
        Step next = steps.peek();
        while (next != null && next.when().getAsBoolean()) {
            steps.remove();
            next.then().run();
            sinceNanos = nanoTime.getAsLong();
            next = steps.peek();
        }
    }

    boolean over() {
        return steps.isEmpty();
    }
}
