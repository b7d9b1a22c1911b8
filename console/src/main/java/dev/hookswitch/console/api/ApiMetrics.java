package dev.hookswitch.console.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Every meter of the API. */
final class ApiMetrics {
    private final MeterRegistry registry;

    ApiMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how many endpoints wait to be sealed anew, and how many of them cannot be. */
    void watchResealing(Supplier<Number> left, Supplier<Number> stuck) {
        Gauge.builder("hookswitch.console.reseal.left", left)
                .description("Endpoints whose secrets are sealed under a retiring key and wait to be sealed anew")
                .register(registry);
        Gauge.builder("hookswitch.console.reseal.stuck", stuck)
                .description("Endpoints whose secrets are sealed under a retiring key and do not open")
                .register(registry);
    }

    /** Endpoints were sealed anew. */
    void resealed(int endpoints) {
        Counter.builder("hookswitch.console.resealed")
                .description("Endpoints whose secrets were sealed anew under the active key")
                .register(registry)
                .increment(endpoints);
    }

    /** A request was answered. */
    void answered(Answer answer) {
        Counter.builder("hookswitch.console.requests")
                .description("Requests to the management API by what they were answered")
                .tag("code", answer.code())
                .register(registry)
                .increment();
    }
}
