package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * What a page costs when its endpoint has 2,000,000 deliveries of 30 days, against one with none. Prints its figures:
 * {@code mvn -f console/pom.xml test -Dtest=DeliveryLogSizeTest -Dtests.excluded=}, and {@code
 * -Dsurefire.jvm.more=-Dlog.size.deliveries=N} for another number.
 */
@Tag("long")
class DeliveryLogSizeTest {
    private static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final EndpointId FULL = new EndpointId("acme", "wh_full");
    private static final int DELIVERIES = Integer.getInteger("log.size.deliveries", 2_000_000);
    private static final int BATCH = 2_500;
    private static final int CALLS = 1_000;
    private static final int WARM_UP = 300;
    /** One of so many fails at last. */
    private static final int FAILING = 200;

    private final Random random = new Random(5);

    @Test
    void aPageCostsLittleHoweverManyDeliveriesThereAre(@TempDir Path folder) throws RocksDBException, IOException {
        try (RocksMemory memory = new RocksMemory(128 << 20)) {
            StoreSpec spec = new StoreSpec(memory, RETENTION, 1, InstantSource.fixed(NOW));
            try (PartitionStore filled = PartitionStore.open(folder.resolve("full"), "t", spec)) {
                fill(filled);
            }
            // What was in memory is in files.
            try (PartitionStore empty = PartitionStore.open(folder.resolve("empty"), "t", spec);
                    PartitionStore full = PartitionStore.open(folder.resolve("full"), "t", spec)) {
                say("files of %d deliveries: %d MiB", DELIVERIES, bytes(folder) >> 20);
                measure("newest 100", empty, full, LogQuery.newest(100));
                measure("newest 20", empty, full, LogQuery.newest(20));
                measure("failed", empty, full, only(Set.of(DeliveryStatus.FAILED), Set.of(), Set.of()));
                measure("5xx", empty, full, only(Set.of(), Set.of(), Set.of(CodeClass.C5XX)));
                measure("a type that is not there", empty, full, only(Set.of(), Set.of("rare"), Set.of()));
            }
        }
    }

    private static LogQuery only(Set<DeliveryStatus> statuses, Set<String> types, Set<CodeClass> codes) {
        return new LogQuery(statuses, types, codes, null, null, 100, null);
    }

    /** Two rows for most, over the whole retention, as they came. */
    private void fill(PartitionStore store) throws RocksDBException {
        long began = System.nanoTime();
        long stepNanos = RETENTION.minusHours(1).toNanos() / DELIVERIES;
        Instant first = NOW.minus(RETENTION).plus(Duration.ofMinutes(30));
        int rows = 0;
        for (int done = 0; done < DELIVERIES; done += BATCH) {
            Changes changes = store.change();
            for (int i = done; i < Math.min(DELIVERIES, done + BATCH); i++) {
                Instant at = first.plusNanos(stepNanos * i);
                LogRows delivery = LogRows.of(FULL, "evt_" + i, at);
                boolean fails = i % FAILING == 0;
                changes.take(fails ? delivery.retried(1, at) : delivery.delivered(1, at), at.toEpochMilli());
                changes.take(delivery.outcome(fails ? Outcome.FAILED : Outcome.DELIVERED, at), i, at.toEpochMilli());
                rows += 2;
            }
            changes.write();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        say("%d rows in %.0f s: %.0f per second", rows, seconds, rows / seconds);
    }

    private void measure(String name, PartitionStore empty, PartitionStore full, LogQuery query) {
        double[] without = millis(empty, query);
        double[] with = millis(full, query);
        say(
                "%s: p50 %.2f ms, p99 %.2f ms; empty p99 %.2f ms; ratio %.1f",
                name, at(with, 0.5), at(with, 0.99), at(without, 0.99), at(with, 0.99) / at(without, 0.99));
        assertThat(at(with, 0.99)).as(name).isLessThan(50);
    }

    /** Sorted. Half of the calls ask for the first page, half for one from anywhere. */
    private double[] millis(PartitionStore store, LogQuery query) {
        double[] millis = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            long ageMs = (long) (random.nextDouble() * RETENTION.toMillis());
            LogQuery asked = i % 2 == 0
                    ? query
                    : query.from(LogRows.of(FULL, "any", NOW.minusMillis(ageMs)).id());
            long began = System.nanoTime();
            store.list(FULL, asked);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1)];
    }

    /** The tests' log shows errors alone. */
    private static void say(String figures, Object... values) {
        System.out.println(String.format(Locale.ROOT, figures, values));
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
