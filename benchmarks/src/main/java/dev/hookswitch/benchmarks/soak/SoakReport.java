package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The end of a run, for the terminal and as a report. */
final class SoakReport implements RunReport {
    private static final String HOW = """
            %,d endpoints, each on an address of its own, get %,d deliveries/s together and in turn for %d minutes; all
            answer at once. One dispatcher process with `%s` and %s, bodies of %d bytes, %d partitions. It is looked at
            every %d s.

            Live heap is what is left after a full collection, which each look asks for; RSS is read before it. Growth is the
            median of the last third over that of the second third; the first third is a warm-up. Open deliveries have been
            produced and have no outcome yet. The books compare each delivery's committed rows with what the receiver had.
            """;

    private final Options options;
    private final Results results;
    private final List<Measure> measures;

    SoakReport(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.measures = Goals.measures(options, results);
    }

    @Override
    public String name() {
        return "dispatcher-soak";
    }

    @Override
    public List<Table> tables() {
        return List.of(trends());
    }

    @Override
    public List<Measure> measures() {
        return measures;
    }

    private Table trends() {
        Table table = new Table("figure", "second third", "last third", "slope per hour", "max");
        row(table, "live heap, MiB", Sample::heapMib);
        row(table, "heap before collection, MiB", Sample::heapBeforeMib);
        row(table, "RSS, MiB", Sample::rssMib);
        row(table, "direct buffers, MiB", Sample::directMib);
        row(table, "classes and code, MiB", Sample::nonHeapMib);
        row(table, "threads", Sample::threads);
        row(table, "open files", Sample::files);
        row(table, "open deliveries", Sample::open);
        return table;
    }

    private void row(Table table, String name, ToDoubleFunction<Sample> figure) {
        Trend trend = Trend.of(results.samples(), figure);
        table.row(name, number(trend.middle()), number(trend.last()), number(trend.perHour()), number(trend.max()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    @Override
    public Page page() {
        String how = HOW.formatted(
                options.endpoints(),
                options.perSecond(),
                options.length().toMinutes(),
                options.setup().flagsText(),
                options.setup().settingsText(),
                options.setup().bodyBytes(),
                options.setup().partitions(),
                options.every().toSeconds());
        String text = how + "\n## Trends\n\n" + trends().markdown();
        return new Page("The dispatcher over a long run", text, Optional.of(picture()));
    }

    private String picture() {
        return new Chart("The dispatcher over time")
                .panel(
                        "MiB",
                        curve("live heap", "#1565c0", Sample::heapMib),
                        curve("heap before collection", "#90caf9", Sample::heapBeforeMib))
                .panel("RSS, MiB", curve("RSS", "#6a1b9a", Sample::rssMib))
                .panel("threads", curve("threads", "#2e7d32", Sample::threads))
                .panel("open files", curve("files and sockets", "#ef6c00", Sample::files))
                .panel("open deliveries", curve("produced, no outcome yet", "#c62828", Sample::open))
                .svg();
    }

    private Chart.Curve curve(String name, String colour, ToDoubleFunction<Sample> figure) {
        return new Chart.Curve(
                name,
                colour,
                results.samples().stream().mapToDouble(Sample::seconds).toArray(),
                results.samples().stream().mapToDouble(figure).toArray());
    }
}
