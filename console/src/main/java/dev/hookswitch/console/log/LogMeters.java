package dev.hookswitch.console.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Every meter of the delivery log. */
final class LogMeters {
    private final MeterRegistry registry;
    private final Counter rows;
    private final Counter garbage;
    private final AtomicLong bytes = new AtomicLong();

    LogMeters(MeterRegistry registry) {
        this.registry = registry;
        rows = Counter.builder("hookswitch.delivery.log.rows")
                .description("rows of attempts and outcomes that were read")
                .register(registry);
        garbage = Counter.builder("hookswitch.delivery.log.garbage")
                .description("records that are no rows")
                .register(registry);
        Gauge.builder("hookswitch.delivery.log.disk", bytes, AtomicLong::get)
                .baseUnit("bytes")
                .description("files of the partitions that are here, as of a minute ago")
                .register(registry);
    }

    /** Counts the partitions that are held here. */
    void watch(Supplier<Collection<OwnedPartition>> owned) {
        Gauge.builder("hookswitch.delivery.log.partitions", () -> owned.get().size())
                .description("partitions whose log is here")
                .register(registry);
        Gauge.builder(
                        "hookswitch.delivery.log.rebuilding",
                        () -> owned.get().stream()
                                .filter(each -> !each.isCaughtUp())
                                .count())
                .description("of these, how many are still being read")
                .register(registry);
    }

    void took(int count) {
        rows.increment(count);
    }

    void bytes(long ofFiles) {
        bytes.set(ofFiles);
    }

    void garbage() {
        garbage.increment();
    }
}
