package dev.hookswitch.benchmarks.api;

import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.List;

/** What the results must be, and what else is worth keeping. */
final class Goals {
    private static final double P99_MS = 50;

    private Goals() {}

    static List<Measure> measures(Options options, Results results) {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.informs("deliveries", (double) options.deliveries(), "deliveries"));
        measures.add(Measure.atMost("list_p99_worst_ms", results.worstP99Ms(), "ms", P99_MS));
        for (Results.Asked asked : results.asked()) {
            String name = asked.question().name();
            measures.add(Measure.atMost(name + "_p99_ms", asked.full().ms(99), "ms", P99_MS));
            measures.add(Measure.informs(name + "_p50_ms", asked.full().ms(50), "ms"));
            measures.add(Measure.informs(name + "_empty_p99_ms", asked.empty().ms(99), "ms"));
            measures.add(Measure.informs(name + "_p99_ratio", asked.p99Ratio(), "x"));
        }
        measures.add(Measure.informs("disk_mib", results.diskBytes() / 1048576.0, "MiB"));
        measures.add(Measure.informs(
                "disk_bytes_per_delivery", (double) results.diskBytes() / options.deliveries(), "bytes"));
        measures.add(Measure.informs("build_rows_per_second", results.building().rowsPerSecond(), "rows/s"));
        measures.add(Measure.informs("build_s", results.building().seconds(), "s"));
        return measures;
    }
}
