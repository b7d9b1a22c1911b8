package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.Message;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * What a contender did between two marks.
 *
 * @param time between them
 * @param jit about what the JIT compiler took
 * @param handled deliveries
 */
record Stretch(Duration time, Duration jit, long handled) {

    static Stretch of(Message from, Message to, ToLongFunction<Message> handled) {
        return new Stretch(
                Duration.ofNanos(to.number("nanos") - from.number("nanos")),
                Duration.ofMillis(to.number("jitMs") - from.number("jitMs")),
                handled.applyAsLong(to) - handled.applyAsLong(from));
    }

    double perSecond() {
        return handled * 1e9 / time.toNanos();
    }
}
