package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.process.StolenTime;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the endpoint that died is judged and shown. */
final class DeadReport {
    private static final String HOW = """
            %d endpoints get %,d deliveries/s evenly; one more gets %,d/s, a tenth of all, the whole time. After %d s it takes
            every request and answers none, for %d s: 30 minutes, with the tiers' delays divided by %.0f; deadline (15 s) and limits
            are not scaled. Then it answers again. It may get %,d/s (`dispatcher.max-per-second-per-endpoint`). Disabling of
            endpoints is off. Latency is from when a delivery was due to be produced until the receiver has all of its request;
            the baseline is both calm phases, when the endpoint is well and has its traffic too. A delivery is judged
            for its latency when the hypervisor took nothing from this machine from %d ms before it was due to %d ms after.

            A cap of N/s lets N x T and one second's worth on top arrive in any T seconds; "burst" is by how much the worst
            stretch exceeded N x T.
            """;

    private static final double P99 = 1.25;
    /** A phase of which fewer deliveries are judged says nothing of p99. */
    private static final long JUDGED = 2_000;
    /** A POST may be held up on its way for a moment, and come close to the next. */
    private static final double JITTER = 1.05;

    private DeadReport() {}

    static Chapter chapter(Options options, DeadPlay.Seen seen, Audit audit, List<Usage> usages) {
        Options.Dead dead = options.dead();
        List<PhaseFigures> others = seen.others();
        String how = HOW.formatted(
                dead.endpoints(),
                dead.perSecond() - dead.dyingPerSecond(),
                dead.dyingPerSecond(),
                dead.warmUp().plus(dead.calm()).toSeconds(),
                dead.dead().toSeconds(),
                dead.timeScale(),
                dead.cap(),
                StolenTime.AFTERMATH.toMillis(),
                StolenTime.AFTERMATH.toMillis());
        return new Chapter(
                "An endpoint dies and comes back",
                how,
                table(others, usages),
                measures(dead, seen, audit),
                panels(seen, dead));
    }

    private static List<Measure> measures(Options.Dead dead, DeadPlay.Seen seen, Audit audit) {
        List<PhaseFigures> others = seen.others();
        Comeback comeback = seen.comeback();
        double baseline = PhaseFigures.p99Ms(others.get(0), others.get(3));
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.informs("dead_others_p99_baseline_ms", baseline, "ms"));
        measures.add(Measure.informs("dead_others_p99_ms", others.get(1).p99Ms(), "ms"));
        measures.add(Measure.informs("dead_others_p99_back_ms", others.get(2).p99Ms(), "ms"));
        measures.add(Measure.atLeast(
                "dead_judged",
                others.stream().mapToDouble(PhaseFigures::judged).min().orElse(0),
                "deliveries",
                JUDGED));
        measures.add(Measure.atMost("dead_others_p99_ratio", others.get(1).p99Ms() / baseline, "x", P99));
        measures.add(Measure.atMost("dead_others_p99_back_ratio", others.get(2).p99Ms() / baseline, "x", P99));
        measures.add(Measure.atMost("dead_comeback_burst", comeback.burst(), "POSTs", JITTER * dead.cap()));
        measures.add(Measure.informs("dead_cap", dead.cap(), "POSTs/s"));
        measures.add(Measure.informs("dead_posts_while_dead", (double) comeback.whileDead(), "POSTs"));
        measures.add(Measure.informs("dead_back_to_first_post_s", comeback.firstSeconds(), "s"));
        measures.add(Measure.informs("dead_back_to_all_missed_s", comeback.missedSeconds(), "s"));
        measures.add(Measure.informs("dead_produced", (double) audit.produced(), "deliveries"));
        audit.goals()
                .forEach(goal -> measures.add(
                        new Measure("dead_" + goal.name(), goal.value(), goal.unit(), goal.goal(), goal.met())));
        return measures;
    }

    private static Table table(List<PhaseFigures> others, List<Usage> usages) {
        Table table = new Table(
                "phase",
                "s",
                "judged",
                "arrived",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "dispatcher cores",
                "broker",
                "others cores");
        for (int i = 0; i < others.size(); i++) {
            PhaseFigures one = others.get(i);
            Usage from = usages.get(i);
            Usage to = usages.get(i + 1);
            table.row(
                    one.phase().name(),
                    Integer.toString(one.phase().seconds()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * one.judgedShare()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * one.rateShare()),
                    number(one.ms(50)),
                    number(one.p99Ms()),
                    number(one.ms(99.9)),
                    number(one.maxMs()),
                    number(to.cores(Usage.Part.DISPATCHER, from)),
                    number(to.cores(Usage.Part.BROKER, from)),
                    number(to.otherCores(from, Runtime.getRuntime().availableProcessors())));
        }
        return table;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    private static List<Chapter.Panel> panels(DeadPlay.Seen seen, Options.Dead dead) {
        double[] posts = seen.comeback().perSecond();
        double[] seconds = IntStream.range(0, posts.length).asDoubleStream().toArray();
        double[] cap = new double[posts.length];
        Arrays.fill(cap, dead.cap());
        List<Double> late = new ArrayList<>();
        seen.others().forEach(phase -> Arrays.stream(phase.late99Ms()).forEach(late::add));
        int from = (int) dead.warmUp().toSeconds();
        return List.of(
                new Chapter.Panel(
                        "dying endpoint, POSTs/s",
                        List.of(
                                new Chart.Curve("POSTs", "#1565c0", seconds, posts),
                                new Chart.Curve("cap", "#9e9e9e", seconds, cap))),
                new Chapter.Panel(
                        "others: p99, ms",
                        List.of(new Chart.Curve(
                                "p99 of the second",
                                "#c62828",
                                IntStream.range(from, from + late.size())
                                        .asDoubleStream()
                                        .toArray(),
                                late.stream().mapToDouble(Double::doubleValue).toArray()))));
    }
}
