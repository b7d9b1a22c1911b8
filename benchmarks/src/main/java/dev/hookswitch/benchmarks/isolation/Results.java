package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.books.Standing;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run has shown.
 *
 * @param pairs short rounds
 * @param whole the long round
 * @param after the calm round after it
 * @param audit of all deliveries
 * @param standing of the deliveries to bad endpoints of the long round, at its end
 */
record Results(List<Played> pairs, Played whole, Played after, Audit audit, Standing standing) {

    /**
     * A round and what the healthy endpoints got in it.
     *
     * @param round as it went
     * @param calm figures
     * @param disturbed figures; those of the calm phase when there was no other
     */
    record Played(Round round, PhaseFigures calm, PhaseFigures disturbed) {}

    /**
     * A disturbed phase beside the calm ones before and after it.
     *
     * @param disturbed the phase
     * @param before the calm phase that it follows
     * @param after the next calm phase
     */
    record Comparison(PhaseFigures disturbed, PhaseFigures before, PhaseFigures after) {
        double rateRatio() {
            return 2 * disturbed.rateShare() / (before.rateShare() + after.rateShare());
        }

        /** Over the judged deliveries; 0 when there are none to compare with. */
        double p99Ratio() {
            double calm = PhaseFigures.p99Ms(before, after);
            return calm == 0 ? 0 : disturbed.p99Ms() / calm;
        }

        /** How many deliveries are judged, with or without the bad ones, whichever are fewer. */
        long judged() {
            return Math.min(disturbed.judged(), before.judged() + after.judged());
        }
    }

    Results {
        pairs = List.copyOf(pairs);
    }

    /** Of each pair. */
    List<Comparison> shorts() {
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> new Comparison(
                        pairs.get(i).disturbed(),
                        pairs.get(i).calm(),
                        (i + 1 < pairs.size() ? pairs.get(i + 1) : whole).calm()))
                .toList();
    }

    /** Of the long round. */
    Comparison longOne() {
        return new Comparison(whole.disturbed(), whole.calm(), after.calm());
    }
}
