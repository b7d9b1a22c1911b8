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
                .description("How long Kafka took to take or refuse the events of a request")
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

    /** Shows how much memory bodies take. */
    void watchHeld(Supplier<Number> bytes) {
        Gauge.builder("hookswitch.ingest.held.bytes", bytes)
                .description("Bytes of bodies that are read or wait for an acknowledgement")
                .register(registry);
    }

    /** An event was not checked against its schema, because the tenant's endpoints are not known. */
    void unchecked() {
        Counter.builder("hookswitch.ingest.unchecked")
                .description("Events that were taken without a look at their schema, which is the fan-out's then")
                .register(registry)
                .increment();
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
