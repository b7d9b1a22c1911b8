package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.ToIntFunction;

/** What the findings must be, and what else is worth keeping. */
final class Goals {
    private static final String DELIVERIES = "deliveries";
    private static final String POSTS = "POSTs";

    private Goals() {}

    /** Goals about faults that were not made are left out. */
    static List<Measure> measures(Findings findings, Bound bound) {
        List<Measure> measures = new ArrayList<>();
        long quiet = findings.after(Fault.NONE).stream().mapToLong(Repeats::all).sum();
        measures.add(none("lost", findings.lost() + findings.notWritten(), DELIVERIES));
        measures.add(none("delivered_without_2xx", findings.deliveredUnseen(), DELIVERIES));
        measures.add(none("ended_again", findings.endedAgain(), "outcomes"));
        measures.add(none("ended_otherwise", findings.endedOtherwise(), "outcomes"));
        measures.add(none("recorded_again", findings.recordedAgain(), "attempts"));
        measures.add(none("recorded_without_post", findings.recordedWithoutPost(), "attempts"));
        measures.add(none("handed_back_twice", findings.handedBackTwice(), "records"));
        measures.add(none("phantoms", findings.phantoms(), POSTS));
        measures.add(none("repeats_without_fault", quiet + findings.outsideOfEpisodes(), POSTS));
        kills(findings.after(Fault.KILL), bound, measures);
        terms(findings, measures);
        bounded(findings.after(Fault.ZOMBIE), Fault.ZOMBIE, bound, measures);
        bounded(findings.after(Fault.TWIN), Fault.TWIN, bound, measures);
        measures.add(told(DELIVERIES, findings.deliveries(), DELIVERIES));
        measures.add(told("posts", findings.posts(), POSTS));
        return measures;
    }

    private static void kills(List<Repeats> kills, Bound bound, List<Measure> measures) {
        if (kills.isEmpty()) {
            return;
        }
        bounded(kills, Fault.KILL, bound, measures);
        long hit = kills.stream().filter(kill -> kill.all() > 0).count();
        measures.add(Measure.exactly("kills_that_hit", (double) hit, "kills", kills.size()));
        measures.add(Measure.informs("kill_in_flight_mean", mean(kills, Repeats::inFlight), POSTS));
        measures.add(Measure.informs("kill_answered_not_committed_mean", mean(kills, Repeats::answered), POSTS));
        LongSummaryStatistics sinceCommit =
                kills.stream().mapToLong(Repeats::sinceCommitMs).summaryStatistics();
        measures.add(Measure.informs("kill_since_commit_mean_ms", sinceCommit.getAverage(), "ms"));
        measures.add(told("kill_since_commit_max_ms", sinceCommit.getMax(), "ms"));
    }

    private static void bounded(List<Repeats> faults, Fault fault, Bound bound, List<Measure> measures) {
        if (faults.isEmpty()) {
            return;
        }
        IntSummaryStatistics repeats = faults.stream().mapToInt(Repeats::all).summaryStatistics();
        String name = fault.label() + "_repeats_";
        measures.add(Measure.atMost(name + "max", repeats.getMax(), POSTS, bound.repeats()));
        measures.add(Measure.informs(name + "mean", repeats.getAverage(), POSTS));
        measures.add(Measure.informs(fault.label() + "s", faults.size(), "times"));
    }

    private static void terms(Findings findings, List<Measure> measures) {
        List<Repeats> terms = findings.after(Fault.TERM);
        if (!terms.isEmpty()) {
            long repeats = terms.stream().mapToLong(Repeats::all).sum();
            measures.add(none("term_repeats", repeats, POSTS));
            measures.add(Measure.informs("terms", terms.size(), "times"));
        }
        long unclean = findings.repeats().stream()
                .mapToLong(repeat -> repeat.episode().uncleanStops())
                .sum();
        measures.add(none("stops_not_clean", unclean, "times"));
    }

    private static double mean(List<Repeats> faults, ToIntFunction<Repeats> what) {
        return faults.stream().mapToInt(what).average().orElse(0);
    }

    private static Measure none(String name, long value, String unit) {
        return Measure.exactly(name, (double) value, unit, 0);
    }

    private static Measure told(String name, long value, String unit) {
        return Measure.informs(name, (double) value, unit);
    }
}
