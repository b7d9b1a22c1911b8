package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What endpoint health shows of itself. Counts may repeat what an aborted transaction had counted. */
final class HealthMeters {
    private final MeterRegistry registry;
    private final Counter garbage;
    private final Counter unknownProfile;
    private final Counter threadFailures;

    HealthMeters(MeterRegistry registry) {
        this.registry = registry;
        garbage = Counter.builder("hookswitch.endpoint.health.garbage")
                .description("Records of delivery-attempts that are no attempt rows")
                .register(registry);
        unknownProfile = Counter.builder("hookswitch.endpoint.health.unknown.profile")
                .description("Attempt rows of a profile that is not known here; the rule of standard applies")
                .register(registry);
        threadFailures = Counter.builder("hookswitch.endpoint.health.thread.failures")
                .description("Streams threads that died and were replaced")
                .register(registry);
    }

    void threadFailed() {
        threadFailures.increment();
    }

    void garbage() {
        garbage.increment();
    }

    void unknownProfile() {
        unknownProfile.increment();
    }

    void cameTo(EndpointStatus.State state) {
        registry.counter(
                        "hookswitch.endpoint.health.transitions",
                        "to",
                        state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
