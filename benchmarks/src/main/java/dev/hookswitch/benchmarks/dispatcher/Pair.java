package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.CalmWait;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Two windows that are next to each other in time.
 *
 * @param number in the order of the process, from 1
 */
record Pair(int number, Window raw, Window dispatcher) {
    /** The part of the processors' time that the hypervisor gave to others, in the worse of both. */
    double stolenShare() {
        return Math.max(raw.stolenShare(), dispatcher.stolenShare());
    }

    boolean isCalm() {
        return stolenShare() <= CalmWait.CALM;
    }

    /** Those of which the least was stolen, in the order in which they were measured. */
    static List<Pair> calmest(List<Pair> pairs, int count) {
        return pairs.stream()
                .sorted(Comparator.comparingDouble(Pair::stolenShare))
                .limit(count)
                .sorted(Comparator.comparingInt(Pair::number))
                .toList();
    }

    /** Whether so many are calm, or no more than so many are to be measured. */
    static boolean suffice(List<Pair> pairs, int count, int most) {
        return pairs.stream().filter(Pair::isCalm).count() >= count || pairs.size() >= most;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "pair %d, %.1f %% stolen", number, 100 * stolenShare());
    }
}
