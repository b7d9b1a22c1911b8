package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.books.Standing;
import dev.hookswitch.benchmarks.figures.Spread;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the results must be, and what else is worth keeping. */
final class Goals {
    private static final double RATE = 0.95;
    private static final double P99 = 1.25;
    /** A comparison of which fewer deliveries are judged says nothing of p99. */
    private static final long JUDGED = 2_000;

    private static final int PAIRS_JUDGED = 5;

    private Goals() {}

    static List<Measure> measures(Results results) {
        List<Measure> measures = new ArrayList<>();
        speed(results, measures);
        books(results.audit(), measures);
        Standing standing = results.standing();
        measures.add(count("long_bad_produced", standing.all(), "deliveries"));
        measures.add(count("long_bad_ended_at_end", standing.ended(), "deliveries"));
        measures.add(count("long_bad_waiting_after_attempts_at_end", standing.tried(), "deliveries"));
        measures.add(count("long_bad_waiting_never_tried_at_end", standing.putOff(), "deliveries"));
        measures.add(count("long_bad_unread_at_end", standing.unread(), "deliveries"));
        PhaseFigures calm = results.whole().calm();
        PhaseFigures disturbed = results.whole().disturbed();
        measures.add(Measure.informs("long_p50_before_ms", calm.ms(50), "ms"));
        measures.add(Measure.informs("long_p99_before_ms", calm.p99Ms(), "ms"));
        measures.add(Measure.informs("long_p50_ms", disturbed.ms(50), "ms"));
        measures.add(Measure.informs("long_p99_ms", disturbed.p99Ms(), "ms"));
        measures.add(Measure.informs("long_max_ms", disturbed.maxMs(), "ms"));
        measures.add(
                Measure.informs("other_load_max", otherCores(results.whole().round()), "cores"));
        measures.add(Measure.informs(
                "producer_late_p99_ms", producerLateMs(results.whole().round()), "ms"));
        return measures;
    }

    private static void speed(Results results, List<Measure> measures) {
        List<Results.Comparison> shorts = results.shorts();
        if (!shorts.isEmpty()) {
            measures.add(Measure.atLeast(
                    "pairs_rate_ratio", median(shorts.stream().map(Results.Comparison::rateRatio)), "x", RATE));
            List<Results.Comparison> judged =
                    shorts.stream().filter(one -> one.judged() >= JUDGED).toList();
            measures.add(
                    Measure.atLeast("pairs_judged", judged.size(), "pairs", Math.min(PAIRS_JUDGED, shorts.size())));
            if (!judged.isEmpty()) {
                measures.add(Measure.atMost(
                        "pairs_p99_ratio", median(judged.stream().map(Results.Comparison::p99Ratio)), "x", P99));
            }
        }
        Results.Comparison whole = results.longOne();
        measures.add(Measure.atLeast("long_rate_ratio", whole.rateRatio(), "x", RATE));
        measures.add(Measure.atLeast("long_judged", (double) whole.judged(), "deliveries", JUDGED));
        measures.add(Measure.atMost("long_p99_ratio", whole.p99Ratio(), "x", P99));
        double first = Stream.concat(shorts.stream(), Stream.of(whole))
                .mapToDouble(one -> one.disturbed().firstSecondShare())
                .min()
                .orElse(0);
        measures.add(Measure.atLeast("first_second_rate_worst", first, "x", RATE));
        measures.add(
                Measure.atLeast("long_worst_ten_seconds_rate", whole.disturbed().worstTenSecondsShare(), "x", RATE));
        measures.add(Measure.informs("long_worst_second_rate", whole.disturbed().worstSecondShare(), "x"));
        measures.add(Measure.informs("long_seconds_at_rate", whole.disturbed().secondsWith(RATE), "x"));
        measures.add(Measure.informs("calm_worst_second_rate", calmWorst(results), "x"));
        measures.add(Measure.informs("calm_seconds_at_rate", whole.before().secondsWith(RATE), "x"));
    }

    /** What else the machine did in the long round: if that is much, the figures tell of the machine. */
    private static double otherCores(Round round) {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(
                round.middle().otherCores(round.start(), cores), round.end().otherCores(round.middle(), cores));
    }

    /** The producer's own lateness, which is part of every latency. */
    private static double producerLateMs(Round round) {
        return Math.max(
                        round.middle().number(Usage.Part.PRODUCER, "late99Micros"),
                        round.end().number(Usage.Part.PRODUCER, "late99Micros"))
                / 1e3;
    }

    private static double calmWorst(Results results) {
        return Stream.concat(results.pairs().stream(), Stream.of(results.whole(), results.after()))
                .mapToDouble(played -> played.calm().worstSecondShare())
                .min()
                .orElse(0);
    }

    private static void books(Audit audit, List<Measure> measures) {
        measures.add(count("produced", audit.produced(), "deliveries"));
        measures.add(count("deferrals", audit.deferrals(), "rows"));
        measures.addAll(audit.goals());
        measures.add(count("healthy_deferrals", audit.healthyDeferrals(), "rows"));
        measures.add(count("bad_delivered_once_healed", audit.badDelivered(), "deliveries"));
    }

    private static Measure count(String name, long value, String unit) {
        return Measure.informs(name, (double) value, unit);
    }

    private static double median(Stream<Double> values) {
        return Spread.of(values.mapToDouble(Double::doubleValue).toArray()).median();
    }
}
