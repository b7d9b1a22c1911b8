package dev.hookswitch.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** Every meter of ingest. */
final class IngestMetrics {
    private final MeterRegistry registry;
    private final Timer acknowledgement;

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        acknowledgement = Timer.builder("hookswitch.ingest.acknowledgement")
                .description("How long Kafka took to take or refuse an event")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    /** Shows how many requests wait for Kafka. */
    void watchWaiting(Supplier<Number> waiting) {
        Gauge.builder("hookswitch.ingest.waiting", waiting)
                .description("Requests that wait for an acknowledgement")
                .register(registry);
    }

    <T> T timeAcknowledgement(Supplier<T> work) {
        long startNanos = System.nanoTime();
        try {
            return work.get();
        } finally {
            acknowledgement.record(Duration.ofNanos(System.nanoTime() - startNanos));
        }
    }

    /** A request was answered. */
    void answered(Answer answer) {
        Counter.builder("hookswitch.ingest.requests")
                .description("Requests by what they were answered")
                .tag("code", answer.code())
                .register(registry)
                .increment();
    }
}
