package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the results must be, and what else is worth keeping. */
final class Goals {
    private static final List<Integer> CPU_RATIO_AT = List.of(1, 20, 1_000);
    private static final double CPU_RATIO = 0.60;
    private static final double MANY_ENDPOINTS_RATIO = 0.8;
    private static final double USUAL_RATIO = 50;
    private static final long USUAL_DELAY_MS = 20;
    private static final double RECEIVER_CORES = 0.8;

    private Goals() {}

    /** Measures whose scenario was not run are left out. */
    static List<Measure> measures(Results results) {
        List<Measure> measures = new ArrayList<>();
        for (int endpoints : CPU_RATIO_AT) {
            instant(results, endpoints)
                    .flatMap(scenario ->
                            results.ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond))
                    .ifPresent(ratio -> measures.add(
                            Measure.atLeast("cpu_ratio_" + endpoints + "_endpoints", ratio.median(), "x", CPU_RATIO)));
        }
        Optional<Scenario> twenty = instant(results, 20);
        Optional<Scenario> thousand = instant(results, 1_000);
        if (twenty.isPresent() && thousand.isPresent()) {
            results.ratio(thousand.get(), Contender.DISPATCHER, twenty.get(), Contender.DISPATCHER, Sample::perSecond)
                    .ifPresent(ratio -> measures.add(Measure.atLeast(
                            "rate_ratio_1000_to_20_endpoints", ratio.median(), "x", MANY_ENDPOINTS_RATIO)));
        }
        results.scenario(scenario -> scenario.delay().toMillis() == USUAL_DELAY_MS)
                .flatMap(scenario -> results.ratio(scenario, Contender.DISPATCHER, Contender.USUAL, Sample::perSecond))
                .ifPresent(ratio ->
                        measures.add(Measure.atLeast("rate_ratio_to_usual_20ms", ratio.median(), "x", USUAL_RATIO)));
        double receiverCores = results.samples().stream()
                .mapToDouble(Sample::receiverCores)
                .max()
                .orElse(0);
        measures.add(Measure.atMost("receiver_cores_max", receiverCores, "cores", RECEIVER_CORES));
        double unaccounted =
                results.samples().stream().mapToLong(Sample::unaccounted).sum();
        measures.add(Measure.exactly("outcomes_unaccounted", unaccounted, "deliveries", 0));
        results.scenarios().forEach(scenario -> inform(results, scenario, measures));
        return measures;
    }

    private static Optional<Scenario> instant(Results results, int endpoints) {
        return results.scenario(scenario -> scenario.instant() && scenario.endpoints() == endpoints);
    }

    private static void inform(Results results, Scenario scenario, List<Measure> measures) {
        for (Contender contender : Contender.values()) {
            String name = contender.label() + "_" + scenario.label().replace('@', '_') + "_";
            results.figure(scenario, contender, Sample::perSecond)
                    .ifPresent(rate ->
                            measures.add(Measure.informs(name + "rate", Math.rint(rate.median()), "deliveries/s")));
            results.figure(scenario, contender, Sample::perCpuSecond)
                    .ifPresent(rate -> measures.add(
                            Measure.informs(name + "per_cpu_s", Math.rint(rate.median()), "deliveries/CPU-s")));
            results.figure(scenario, contender, Sample::p99Ms)
                    .ifPresent(p99 -> measures.add(Measure.informs(name + "p99_ms", p99.median(), "ms")));
        }
    }
}
