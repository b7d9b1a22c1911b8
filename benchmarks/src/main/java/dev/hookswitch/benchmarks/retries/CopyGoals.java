package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.topics.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** What copies must be, and how they are shown. */
final class CopyGoals {
    /** From the due time to the copy. */
    private static final double P99_MS = 100;

    /** Less than this share of what should be due in a window, and the rate was not kept. */
    private static final double ENOUGH = 0.95;

    /** A tier of which fewer copies are judged says nothing of p99. */
    private static final double JUDGED = 2_000;

    private static final List<String> COLOURS = List.of("#1565c0", "#2e7d32", "#ef6c00", "#6a1b9a", "#c62828");

    private CopyGoals() {}

    /** Nothing lost, twice, early or out of order. */
    static List<Measure> books(String prefix, long produced, CopyFigures.Books books) {
        return List.of(
                Measure.informs(prefix + "_retries", (double) produced, "retries"),
                none(prefix + "_lost", produced - books.copies()),
                none(prefix + "_copied_twice", books.twice()),
                none(prefix + "_early", books.early()),
                none(prefix + "_out_of_order", books.outOfOrder()));
    }

    private static Measure none(String name, long count) {
        return Measure.exactly(name, (double) count, "retries", 0);
    }

    /**
     * The lateness of these tiers.
     *
     * @param expected copies of each in the window
     */
    static List<Measure> lateness(
            String prefix, List<Tier> tiers, List<CopyFigures.Lateness> figures, double expected) {
        List<Measure> measures = new ArrayList<>();
        each(tiers, figures, (tier, late) -> {
            String name = prefix + "_" + tier.name() + "_";
            measures.add(Measure.atLeast(name + "copies", (double) late.copies(), "retries", ENOUGH * expected));
            measures.add(Measure.atLeast(name + "judged", (double) late.judged(), "retries", JUDGED));
            measures.add(Measure.atMost(name + "p99_ms", late.copiedMs(99), "ms", P99_MS));
            measures.add(Measure.informs(name + "p50_ms", late.copiedMs(50), "ms"));
            measures.add(Measure.informs(name + "max_ms", late.copiedMs(100), "ms"));
            measures.add(Measure.informs(name + "readable_p99_ms", late.readMs(99), "ms"));
        });
        return measures;
    }

    static Table table(List<Tier> tiers, List<CopyFigures.Lateness> figures) {
        Table table = new Table(
                "tier",
                "copies",
                "judged",
                "sent p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "readable p50 ms",
                "p99 ms",
                "worst second's sent p99 ms");
        each(
                tiers,
                figures,
                (tier, late) -> table.row(
                        tier.name(),
                        String.format(Locale.ROOT, "%,d", late.copies()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * late.judgedShare()),
                        ms(late.copiedMs(50)),
                        ms(late.copiedMs(99)),
                        ms(late.copiedMs(99.9)),
                        ms(late.copiedMs(100)),
                        ms(late.readMs(50)),
                        ms(late.readMs(99)),
                        ms(late.worstSecondMs())));
        return table;
    }

    static Chapter.Panel panel(String name, List<Tier> tiers, List<CopyFigures.Lateness> figures) {
        List<Chart.Curve> curves = new ArrayList<>();
        each(
                tiers,
                figures,
                (tier, late) -> curves.add(new Chart.Curve(
                        tier.name(),
                        COLOURS.get(curves.size() % COLOURS.size()),
                        IntStream.range(0, late.copied99Ms().length)
                                .asDoubleStream()
                                .toArray(),
                        late.copied99Ms())));
        return new Chapter.Panel(name, curves);
    }

    private static void each(
            List<Tier> tiers, List<CopyFigures.Lateness> figures, BiConsumer<Tier, CopyFigures.Lateness> take) {
        for (int i = 0; i < tiers.size(); i++) {
            take.accept(tiers.get(i), figures.get(i));
        }
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%,.0f", ms);
    }
}
