package dev.hookswitch.benchmarks.retries;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What the copies of a run tell.
 *
 * @param books of all of them
 * @param tiers of each tier, those that were due in the window
 */
record CopyFigures(Books books, List<Lateness> tiers) {

    /**
     * What must not be.
     *
     * @param copies different ones
     * @param twice retries that were copied again
     * @param early copies that were made before they were due
     * @param outOfOrder copies that came after one of the same tier and partition that was written later
     * @param overtakenMs by how much a retry was due, at the most, before one of another tier that came first in its
     *     partition; tiers are served apart, so there is no promise about this
     */
    record Books(long copies, long twice, long early, long outOfOrder, long overtakenMs) {}

    /**
     * How late the copies of a tier were.
     *
     * @param copies all of them, judged or not
     * @param copied milliseconds from the due time to the timestamp of the copy, of those that are judged
     * @param read milliseconds from the due time until a reader of committed records had it, of those that are judged
     * @param copied99Ms the 99th percentile until the copy, by the second in which they were due, judged or not
     */
    record Lateness(long copies, Histogram copied, Histogram read, double[] copied99Ms) {
        long judged() {
            return copied.getTotalCount();
        }

        double judgedShare() {
            return copies == 0 ? 0 : judged() / (double) copies;
        }

        double copiedMs(double percentile) {
            return copied.getValueAtPercentile(percentile);
        }

        double readMs(double percentile) {
            return read.getValueAtPercentile(percentile);
        }

        double worstSecondMs() {
            return Arrays.stream(copied99Ms).max().orElse(0);
        }
    }

    /** Takes the copies in the order in which they were read. */
    static final class Builder {
        private static final int DIGITS = 3;

        private final List<Duration> delays;
        private final long fromMs;
        private final long untilMs;
        private final LongPredicate judged;
        private final long[] copies;
        private final Histogram[] copied;
        private final Histogram[] read;
        private final Histogram[][] bySecond;
        private final long[][] lastNumber;
        private final long[] lastDueMs;
        private final BitSet seen = new BitSet();
        private long twice;
        private long early;
        private long outOfOrder;
        private long overtakenMs;

        /**
         * Opens the books.
         *
         * @param delays of the tiers
         * @param fromMs begin of the window, epoch milliseconds
         * @param untilMs its end, not in it
         * @param judged whether the machine was ours about the time when a copy was due, epoch milliseconds
         */
        Builder(List<Duration> delays, int partitions, long fromMs, long untilMs, LongPredicate judged) {
            this.delays = List.copyOf(delays);
            this.fromMs = fromMs;
            this.untilMs = untilMs;
            this.judged = judged;
            this.copies = new long[delays.size()];
            int seconds = (int) ((untilMs - fromMs + 999) / 1_000);
            this.copied = histograms(delays.size());
            this.read = histograms(delays.size());
            this.bySecond = IntStream.range(0, delays.size())
                    .mapToObj(tier -> histograms(seconds))
                    .toArray(Histogram[][]::new);
            this.lastNumber = new long[delays.size()][partitions];
            Arrays.stream(lastNumber).forEach(tier -> Arrays.fill(tier, -1));
            this.lastDueMs = new long[partitions];
        }

        private static Histogram[] histograms(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new Histogram(DIGITS))
                    .toArray(Histogram[]::new);
        }

        void take(CopyLog.Copy copy) {
            long dueMs = copy.parkedMs() + delays.get(copy.tier()).toMillis();
            early += copy.copiedMs() < dueMs ? 1 : 0;
            if (seen.get((int) copy.number())) {
                twice++;
                return;
            }
            seen.set((int) copy.number());
            order(copy, dueMs);
            if (dueMs >= fromMs && dueMs < untilMs) {
                late(copy, dueMs);
            }
        }

        private void late(CopyLog.Copy copy, long dueMs) {
            long copiedMs = Math.max(0, copy.copiedMs() - dueMs);
            copies[copy.tier()]++;
            bySecond[copy.tier()][(int) ((dueMs - fromMs) / 1_000)].recordValue(copiedMs);
            if (judged.test(dueMs)) {
                copied[copy.tier()].recordValue(copiedMs);
                read[copy.tier()].recordValue(Math.max(0, copy.readMs() - dueMs));
            }
        }

        private void order(CopyLog.Copy copy, long dueMs) {
            long[] last = lastNumber[copy.tier()];
            outOfOrder += copy.number() < last[copy.partition()] ? 1 : 0;
            last[copy.partition()] = Math.max(last[copy.partition()], copy.number());
            overtakenMs = Math.max(overtakenMs, lastDueMs[copy.partition()] - dueMs);
            lastDueMs[copy.partition()] = Math.max(lastDueMs[copy.partition()], dueMs);
        }

        CopyFigures build() {
            return new CopyFigures(
                    new Books(seen.cardinality(), twice, early, outOfOrder, overtakenMs),
                    IntStream.range(0, delays.size())
                            .mapToObj(tier -> new Lateness(
                                    copies[tier],
                                    copied[tier],
                                    read[tier],
                                    Arrays.stream(bySecond[tier])
                                            .mapToDouble(second -> second.getValueAtPercentile(99))
                                            .toArray()))
                            .toList());
        }
    }
}
