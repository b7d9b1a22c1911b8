package dev.hookswitch.console.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Every meter of the API. */
final class ApiMetrics {
    private final MeterRegistry registry;

    ApiMetrics(MeterRegistry registry) {
        this.registry = registry;
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
