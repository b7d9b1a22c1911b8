package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.List;

/** What the results must be, and what else is worth keeping. */
final class Goals {
    /** Last third to second third. */
    private static final double GROWTH = 1.05;
    /** There are about twenty, and one of a pool may come or go. */
    private static final double MORE_THREADS = 2;
    /** Of a rate that is kept, so much is under way at a time at the most. */
    private static final double OPEN_SECONDS = 1;

    private Goals() {}

    static List<Measure> measures(Options options, Results results) {
        List<Measure> measures = new ArrayList<>();
        List<Sample> samples = results.samples();
        Trend heap = Trend.of(samples, Sample::heapMib);
        Trend threads = Trend.of(samples, Sample::threads);
        Trend files = Trend.of(samples, Sample::files);
        Trend rss = Trend.of(samples, Sample::rssMib);
        Trend open = Trend.of(samples, Sample::open);
        measures.add(Measure.atMost("live_heap_growth", heap.growth(), "x", GROWTH));
        measures.add(Measure.atMost("threads_more", threads.last() - threads.middle(), "threads", MORE_THREADS));
        measures.add(Measure.atMost("open_files_growth", files.growth(), "x", GROWTH));
        measures.add(Measure.atMost(
                "open_deliveries_last_third", open.last(), "deliveries", OPEN_SECONDS * options.perSecond()));
        measures.add(Measure.informs("produced", (double) results.audit().produced(), "deliveries"));
        measures.addAll(results.audit().goals());
        measures.add(Measure.informs("deferrals", (double) results.audit().deferrals(), "rows"));
        measures.add(Measure.informs("live_heap_mib", heap.last(), "MiB"));
        measures.add(Measure.informs("live_heap_slope", heap.perHour(), "MiB/h"));
        measures.add(Measure.informs("rss_mib", rss.last(), "MiB"));
        measures.add(Measure.informs("rss_max_mib", rss.max(), "MiB"));
        measures.add(Measure.informs("rss_slope", rss.perHour(), "MiB/h"));
        measures.add(Measure.informs(
                "direct_buffers_mib", Trend.of(samples, Sample::directMib).last(), "MiB"));
        measures.add(Measure.informs(
                "non_heap_mib", Trend.of(samples, Sample::nonHeapMib).last(), "MiB"));
        measures.add(Measure.informs("threads", threads.last(), "threads"));
        measures.add(Measure.informs("open_files", files.last(), "files"));
        measures.add(Measure.informs("dispatcher_cores", results.dispatcherCores(), "cores"));
        return measures;
    }
}
