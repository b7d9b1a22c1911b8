package dev.hookswitch.retry.tier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What one tier shows of itself. Gauges go away with {@link #close}. */
final class TierMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final AtomicInteger heldNow = new AtomicInteger();
    private final Gauge held;
    private final Counter copied;
    private final Counter aborts;
    private final Timer lateness;

    TierMeters(MeterRegistry registry, String tier) {
        this.registry = registry;
        held = Gauge.builder("hookswitch.retry.held", heldNow, AtomicInteger::get)
                .description("Records in memory that wait for their time")
                .tag("tier", tier)
                .register(registry);
        copied = Counter.builder("hookswitch.retry.copied")
                .description("Retries released to deliveries-due")
                .tag("tier", tier)
                .register(registry);
        aborts = Counter.builder("hookswitch.retry.aborts")
                .description("Transactions that were aborted; their records are copied again")
                .tag("tier", tier)
                .register(registry);
        lateness = Timer.builder("hookswitch.retry.lateness")
                .description("From the time a retry was due to the commit of its copy")
                .publishPercentiles(0.5, 0.99)
                .tag("tier", tier)
                .register(registry);
    }

    void held(int records) {
        heldNow.set(records);
    }

    void copied(long latenessMs) {
        copied.increment();
        lateness.record(Duration.ofMillis(Math.max(0, latenessMs)));
    }

    void aborted() {
        aborts.increment();
    }

    @Override
    public void close() {
        registry.remove(held);
    }
}
