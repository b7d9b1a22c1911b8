package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.process.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as tables. */
final class Tables {
    private Tables() {}

    /** What the healthy endpoints got, phase by phase. */
    static Table phases(Results results) {
        Table table = new Table(
                "phase",
                "bad traffic",
                "s",
                "judged",
                "offered/s",
                "arrived",
                "first s",
                "worst s",
                "worst 10 s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "machine busy",
                "stolen",
                "others cores",
                "dispatcher cores",
                "scheduler",
                "broker",
                "receiver",
                "producer",
                "deferrals/s",
                "commits/s",
                "mean ms");
        for (Results.Played played : all(results)) {
            Round round = played.round();
            row(table, played.calm(), round.start(), round.middle());
            if (round.disturbed() != null) {
                row(table, played.disturbed(), round.middle(), round.end());
            }
        }
        return table;
    }

    private static List<Results.Played> all(Results results) {
        List<Results.Played> all = new ArrayList<>(results.pairs());
        all.add(results.whole());
        all.add(results.after());
        return all;
    }

    private static void row(Table table, PhaseFigures figures, Usage from, Usage to) {
        table.row(
                figures.phase().name(),
                figures.phase().disturbed() ? "yes" : "no",
                Integer.toString(figures.phase().seconds()),
                percent(figures.judgedShare()),
                Integer.toString(figures.perSecond()),
                percent(figures.rateShare()),
                percent(figures.firstSecondShare()),
                percent(figures.worstSecondShare()),
                percent(figures.worstTenSecondsShare()),
                ms(figures.ms(50)),
                ms(figures.p99Ms()),
                ms(figures.ms(99.9)),
                ms(figures.maxMs()),
                percent(to.machine().busyShareSince(from.machine())),
                percent(to.machine().stolenShareSince(from.machine())),
                String.format(Locale.ROOT, "%.2f", others(from, to)),
                cores(Usage.Part.DISPATCHER, from, to),
                cores(Usage.Part.SCHEDULER, from, to),
                cores(Usage.Part.BROKER, from, to),
                cores(Usage.Part.RECEIVER, from, to),
                cores(Usage.Part.PRODUCER, from, to),
                String.format(Locale.ROOT, "%,.0f", deferralsPerSecond(from, to)),
                String.format(Locale.ROOT, "%.1f", to.perSecond(Usage.Part.DISPATCHER, "commits", from)),
                ms(commitMs(from, to)));
    }

    private static double others(Usage from, Usage to) {
        return to.otherCores(from, Runtime.getRuntime().availableProcessors());
    }

    private static double deferralsPerSecond(Usage from, Usage to) {
        return to.perSecond(Usage.Part.DISPATCHER, "deferred", from);
    }

    private static double commitMs(Usage from, Usage to) {
        double commits = to.perSecond(Usage.Part.DISPATCHER, "commits", from);
        return commits == 0 ? 0 : to.perSecond(Usage.Part.DISPATCHER, "commitMicros", from) / commits / 1e3;
    }

    /** The short comparisons and the long one. */
    static Table ratios(Results results) {
        Table table = new Table(
                "round", "rate, with : without", "p99, with : without", "judged", "first second", "p99 of it ms");
        for (Results.Comparison one : results.shorts()) {
            row(table, one);
        }
        row(table, results.longOne());
        return table;
    }

    private static void row(Table table, Results.Comparison one) {
        table.row(
                one.disturbed().phase().name(),
                String.format(Locale.ROOT, "%.3f", one.rateRatio()),
                String.format(Locale.ROOT, "%.2f", one.p99Ratio()),
                String.format(Locale.ROOT, "%,d", one.judged()),
                percent(one.disturbed().firstSecondShare()),
                ms(one.disturbed().late99Ms()[0]));
    }

    /** One round, while the run goes on. */
    static List<String> lines(Results.Played played) {
        List<String> lines = new ArrayList<>();
        Round round = played.round();
        lines.add(line(played.calm(), round.start(), round.middle()));
        if (round.disturbed() != null) {
            lines.add(line(played.disturbed(), round.middle(), round.end()));
        }
        return lines;
    }

    private static String line(PhaseFigures figures, Usage from, Usage to) {
        return String.format(
                Locale.ROOT,
                "%-8s %-8s arrived %s, first second %s, worst %s, p50 %s ms, p99 %s ms, max %s ms, %s judged, machine %s busy (%.2f cores by others),"
                        + " dispatcher %s cores, broker %s, scheduler %s, producer's own lateness %s ms, %,.0f deferrals/s,"
                        + " %.1f commits/s of %s ms",
                figures.phase().name(),
                figures.phase().disturbed() ? "with bad" : "alone",
                percent(figures.rateShare()),
                percent(figures.firstSecondShare()),
                percent(figures.worstSecondShare()),
                ms(figures.ms(50)),
                ms(figures.p99Ms()),
                ms(figures.maxMs()),
                percent(figures.judgedShare()),
                percent(to.machine().busyShareSince(from.machine())),
                others(from, to),
                cores(Usage.Part.DISPATCHER, from, to),
                cores(Usage.Part.BROKER, from, to),
                cores(Usage.Part.SCHEDULER, from, to),
                ms(to.number(Usage.Part.PRODUCER, "late99Micros") / 1e3),
                deferralsPerSecond(from, to),
                to.perSecond(Usage.Part.DISPATCHER, "commits", from),
                ms(commitMs(from, to)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%.1f", ms);
    }

    private static String cores(Usage.Part part, Usage from, Usage to) {
        return String.format(Locale.ROOT, "%.2f", to.cores(part, from));
    }
}
