package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointEvent;
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
    private final Counter subscriptionsNotRead;
    private final Counter forgotten;

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
        subscriptionsNotRead = Counter.builder("hookswitch.endpoint.health.table.errors")
                .description("Records of subscriptions that were not understood")
                .register(registry);
        forgotten = Counter.builder("hookswitch.endpoint.health.forgotten")
                .description("Deleted endpoints whose health was forgotten")
                .register(registry);
    }

    void threadFailed() {
        threadFailures.increment();
    }

    void garbage() {
        garbage.increment();
    }

    void subscriptionNotRead() {
        subscriptionsNotRead.increment();
    }

    /** So many deleted endpoints were forgotten. */
    void forgotten(int endpoints) {
        forgotten.increment(endpoints);
    }

    void unknownProfile() {
        unknownProfile.increment();
    }

    void told(EndpointEvent.Type type) {
        registry.counter("hookswitch.endpoint.health.events", "type", type.wireName())
                .increment();
    }

    void cameTo(EndpointStatus.State state) {
        registry.counter(
                        "hookswitch.endpoint.health.transitions",
                        "to",
                        state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
