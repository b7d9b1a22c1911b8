package dev.hookswitch.fanout;

import dev.hookswitch.common.matching.SubscriptionIndex;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Every meter of the fan-out. Counts what is worked on: what an aborted transaction makes Kafka Streams read again counts
 * again.
 */
final class FanoutMetrics {
    private final MeterRegistry registry;
    private final Counter events;
    private final Counter accepted;
    private final Counter moved;
    private final Counter unmatched;
    private final Counter deliveries;
    private final Counter unstableNumbers;
    private final Timer lag;

    FanoutMetrics(MeterRegistry registry) {
        this.registry = registry;
        events = Counter.builder("hookswitch.fanout.events")
                .description("Records read from the events topic")
                .register(registry);
        accepted = Counter.builder("hookswitch.fanout.accepted")
                .description("Events that are well made and no repeats")
                .register(registry);
        moved = Counter.builder("hookswitch.fanout.moved")
                .description("Events that came in another partition than their tenant's and were moved there")
                .register(registry);
        unmatched = Counter.builder("hookswitch.fanout.unmatched")
                .description("Accepted events that no endpoint asks for")
                .register(registry);
        deliveries = Counter.builder("hookswitch.fanout.deliveries")
                .description("Deliveries written")
                .register(registry);
        unstableNumbers = Counter.builder("hookswitch.fanout.unstable.numbers")
                .description("Numbers in accepted events that JavaScript would print otherwise")
                .register(registry);
        lag = Timer.builder("hookswitch.fanout.lag")
                .description("Age of a record of the events topic, by its timestamp, when it is worked on")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(registry);
    }

    /** Shows the size of the index. */
    void watch(SubscriptionIndex index) {
        Gauge.builder("hookswitch.fanout.endpoints", index, SubscriptionIndex::size)
                .description("Endpoints in the index")
                .register(registry);
    }

    /** A record was read. The clocks of two machines are compared; a record without timestamp has none to compare. */
    void event(long timestampMs, long nowMs) {
        events.increment();
        if (timestampMs > 0) {
            lag.record(Duration.ofMillis(Math.max(0, nowMs - timestampMs)));
        }
    }

    void accepted(Plan.FanOut plan) {
        accepted.increment();
        deliveries.increment(plan.deliveries().size());
        unstableNumbers.increment(plan.event().unstableNumbers());
        if (plan.verdict().isUnmatched()) {
            unmatched.increment();
        }
        plan.verdict()
                .skipped()
                .forEach(skip -> counter("skipped", "reason", skip.reason()).increment());
    }

    void moved() {
        moved.increment();
    }

    /** An event was suppressed because its id was taken; by the same event, or by another. */
    void repeat(boolean same) {
        counter("repeats", "content", same ? "same" : "different").increment();
    }

    void deadLetter(String reason) {
        counter("dead.letters", "reason", reason).increment();
    }

    /** A breach of a schema that the settings let pass. */
    void schemaWarning(String eventType) {
        counter("schema.warnings", "type", eventType).increment();
    }

    /** A record of a compacted topic was ignored. */
    void tableError(String table, String reason) {
        Counter.builder("hookswitch.fanout.table.errors")
                .tag("table", table)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** Kafka refused a record for its size. */
    void recordTooLarge(String topic) {
        counter("records.too.large", "topic", topic).increment();
    }

    /** A Streams thread ended with an exception. */
    void threadFailed(boolean replaced) {
        counter("thread.failures", "replaced", Boolean.toString(replaced)).increment();
    }

    private Counter counter(String name, String tag, String value) {
        return Counter.builder("hookswitch.fanout." + name).tag(tag, value).register(registry);
    }
}
