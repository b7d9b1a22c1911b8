package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.process.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a log was read from Kafka.
 *
 * @param looks one after the other; the first is of before the first row
 */
record Building(List<Look> looks) {
    private static final Duration EVERY = Duration.ofMillis(250);

    /**
     * How far it was.
     *
     * @param seconds since the process was ready
     * @param rows read by then
     */
    record Look(double seconds, double rows) {}

    /** Watches until so many rows are read. */
    static Building watch(Api api, double rows, Duration limit) throws IOException, InterruptedException {
        List<Look> looks = new ArrayList<>();
        long began = System.nanoTime();
        double read = 0;
        while (read < rows) {
            read = api.meter("hookswitch_delivery_log_rows_total");
            looks.add(new Look((System.nanoTime() - began) / 1e9, read));
            if (System.nanoTime() - began > limit.toNanos()) {
                throw new IllegalStateException("only " + read + " of " + rows + " rows were read in " + limit);
            }
            Pause.of(EVERY);
        }
        return new Building(looks);
    }

    /** From the last look without a row to the one with the last. */
    double rowsPerSecond() {
        Look end = looks.get(looks.size() - 1);
        double from = 0;
        for (Look look : looks) {
            if (look.rows() == 0) {
                from = look.seconds();
            }
        }
        return end.rows() / Math.max(1e-3, end.seconds() - from);
    }

    double seconds() {
        return looks.get(looks.size() - 1).seconds();
    }
}
