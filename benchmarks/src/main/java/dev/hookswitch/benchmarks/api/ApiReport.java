package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The end of a run, for the terminal and as a report. */
final class ApiReport implements RunReport {
    private static final String HOW = """
            Two consoles as they ship run beside each other on one broker: the log of one is empty, that of the other holds
            %,d deliveries of a single endpoint from 29 days, one of 200 failed, five event types in turn. Each delivery is
            two rows (an attempt and an outcome), written to Kafka beforehand with the times at which they would have been.
            The console is started after that and reads them: the rows per second are from there, with the store's writing.
            Then it is started once more, so that everything is in files, and asked.

            One tenant on one connection asks `GET /v1/webhooks/{id}/deliveries` of both in turn, %d rounds with %d calls of
            each question and each log. A latency is from sending the request until the whole answer is there: HTTP, key,
            rate limit, log and JSON. "Ratio" is p99 of the full log to p99 of the empty one, whose page is empty: so the
            ratio contains what it costs to write the page. "From anywhere" begins at a random delivery each time.
            A filter by type reads over what does not match, 2,500 deliveries at the most for a page; a filter that leaves
            out what arrived reads only the others.

            Console with `%s` and %s, %d partitions.
            """;

    private final Options options;
    private final Results results;
    private final List<Measure> measures;

    ApiReport(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.measures = Goals.measures(options, results);
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public List<Table> tables() {
        return List.of(lists(), building());
    }

    @Override
    public List<Measure> measures() {
        return measures;
    }

    private Table lists() {
        Table table = new Table("question", "rows", "p50 ms", "p99 ms", "max ms", "empty p50", "empty p99", "ratio");
        for (Results.Asked asked : results.asked()) {
            table.row(
                    asked.question().says(),
                    Integer.toString(asked.rows()),
                    ms(asked.full().ms(50)),
                    ms(asked.full().ms(99)),
                    ms(asked.full().maxMs()),
                    ms(asked.empty().ms(50)),
                    ms(asked.empty().ms(99)),
                    ms(asked.p99Ratio()));
        }
        return table;
    }

    private Table building() {
        Table table = new Table("building", "value");
        table.row("rows", "%,d".formatted(2L * options.deliveries()));
        table.row("rows per second", number(results.building().rowsPerSecond()));
        table.row("files, MiB", number(results.diskBytes() / 1048576.0));
        table.row("bytes per delivery", number((double) results.diskBytes() / options.deliveries()));
        return table;
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    @Override
    public Page page() {
        String how = HOW.formatted(
                options.deliveries(),
                options.rounds(),
                options.calls(),
                options.setup().flagsText(),
                options.setup().settingsText(),
                options.setup().partitions());
        String text = how + "\n## Lists\n\n" + lists().markdown() + "\n## Building\n\n"
                + building().markdown();
        return new Page("The delivery log over HTTP", text, Optional.of(picture()));
    }

    private String picture() {
        List<Building.Look> looks = results.building().looks();
        double[] seconds = looks.stream().mapToDouble(Building.Look::seconds).toArray();
        return new Chart("A console reads its delivery log from Kafka")
                .panel(
                        "rows read, millions",
                        new Chart.Curve(
                                "rows",
                                "#1565c0",
                                seconds,
                                looks.stream()
                                        .mapToDouble(look -> look.rows() / 1e6)
                                        .toArray()))
                .panel("rows per second, thousands", new Chart.Curve("rate", "#2e7d32", seconds, rates(looks)))
                .svg();
    }

    private static double[] rates(List<Building.Look> looks) {
        return IntStream.range(0, looks.size())
                .mapToDouble(i -> i == 0
                        ? 0
                        : (looks.get(i).rows() - looks.get(i - 1).rows())
                                / (looks.get(i).seconds() - looks.get(i - 1).seconds())
                                / 1e3)
                .toArray();
    }
}
