package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
import dev.hookswitch.benchmarks.figures.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as tables. */
final class Tables {
    private Tables() {}

    /** Medians over the windows. */
    static Table figures(Results results) {
        Table table = new Table(
                "endpoints@delay",
                "contender",
                "deliveries/s",
                "per CPU-s",
                "min-max",
                "p50 ms",
                "p99 ms",
                "cores",
                "of it JIT",
                "receiver cores",
                "broker cores",
                "failed",
                "deferred",
                "stolen %",
                "RSS MiB");
        for (Scenario scenario : results.scenarios()) {
            for (Contender contender : Contender.values()) {
                Optional<Spread> perCpu = results.figure(scenario, contender, Sample::perCpuSecond);
                if (perCpu.isPresent()) {
                    table.row(
                            scenario.label(),
                            contender.label(),
                            whole(results, scenario, contender, Sample::perSecond),
                            count(perCpu.get().median()),
                            count(perCpu.get().min()) + "-" + count(perCpu.get().max()),
                            fine(results, scenario, contender, Sample::p50Ms),
                            fine(results, scenario, contender, Sample::p99Ms),
                            fine(results, scenario, contender, Sample::cores),
                            fine(results, scenario, contender, Sample::jitCores),
                            fine(results, scenario, contender, Sample::receiverCores),
                            fine(results, scenario, contender, Sample::brokerCores),
                            whole(results, scenario, contender, Sample::failed),
                            whole(results, scenario, contender, Sample::deferred),
                            fine(results, scenario, contender, sample -> 100 * sample.stolenShare()),
                            whole(results, scenario, contender, Sample::rssMib));
                }
            }
        }
        return table;
    }

    /** Medians of the ratios of pairs. */
    static Table ratios(Results results) {
        Table table = new Table("endpoints@delay", "ratio", "median", "min", "max", "pairs");
        for (Scenario scenario : results.scenarios()) {
            results.ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond)
                    .ifPresent(ratio -> row(table, scenario, "dispatcher : raw, per CPU-s", ratio));
            results.ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perSecond)
                    .ifPresent(ratio -> row(table, scenario, "dispatcher : raw, per s", ratio));
            results.ratio(scenario, Contender.DISPATCHER, Contender.USUAL, Sample::perSecond)
                    .ifPresent(ratio -> row(table, scenario, "dispatcher : usual, per s", ratio));
        }
        return table;
    }

    private static void row(Table table, Scenario scenario, String name, Spread ratio) {
        table.row(
                scenario.label(),
                name,
                fine(ratio.median()),
                fine(ratio.min()),
                fine(ratio.max()),
                Integer.toString(ratio.count()));
    }

    private static String whole(Results results, Scenario scenario, Contender of, ToDoubleFunction<Sample> figure) {
        return results.figure(scenario, of, figure)
                .map(spread -> count(spread.median()))
                .orElse("");
    }

    private static String fine(Results results, Scenario scenario, Contender of, ToDoubleFunction<Sample> figure) {
        return results.figure(scenario, of, figure)
                .map(spread -> fine(spread.median()))
                .orElse("");
    }

    static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String fine(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
