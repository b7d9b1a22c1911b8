package dev.hookswitch.benchmarks.pace;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What the healthy endpoints got in one phase.
 *
 * @param phase the phase
 * @param perSecond deliveries that were offered to them each second
 * @param arrivals that came in each second
 * @param latencies in microseconds, of the deliveries of the phase that are judged, from when each was due to be produced
 *     until its request had come in whole
 * @param due deliveries of the phase, judged or not
 * @param late99Ms by the second in which they were due, the 99th percentile of the latencies
 */
public record PhaseFigures(
        Phase phase, int perSecond, int[] arrivals, Histogram latencies, int due, double[] late99Ms) {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int WINDOW = 10;

    /** Takes the requests of a phase. */
    public static final class Builder {
        private final Phase phase;
        private final int perSecond;
        private final int[] arrivals;
        private final Histogram latencies = new Histogram(LONGEST_MICROS, 3);
        private final Histogram[] bySecond;
        private final LongPredicate judged;
        private int due;

        /** @param judged whether the machine was ours about the time when a delivery was due, System.nanoTime */
        public Builder(Phase phase, int perSecond, LongPredicate judged) {
            this.phase = phase;
            this.perSecond = perSecond;
            this.judged = judged;
            this.arrivals = new int[phase.seconds()];
            this.bySecond = new Histogram[phase.seconds()];
            Arrays.setAll(bySecond, second -> new Histogram(2));
        }

        /** A healthy endpoint's first request of a delivery, of whatever time. */
        public void take(long dueNanos, long arrivedNanos) {
            if (phase.contains(arrivedNanos)) {
                arrivals[phase.second(arrivedNanos)]++;
            }
            if (phase.contains(dueNanos)) {
                long micros = Math.min(LONGEST_MICROS, Math.max(0, (arrivedNanos - dueNanos) / 1_000));
                bySecond[phase.second(dueNanos)].recordValue(micros);
                due++;
                if (judged.test(dueNanos)) {
                    latencies.recordValue(micros);
                }
            }
        }

        public PhaseFigures build() {
            double[] late99Ms = Arrays.stream(bySecond)
                    .mapToDouble(second -> second.getValueAtPercentile(99) / 1e3)
                    .toArray();
            return new PhaseFigures(phase, perSecond, arrivals, latencies, due, late99Ms);
        }
    }

    /** How many deliveries are judged. */
    public long judged() {
        return latencies.getTotalCount();
    }

    /** The part of its deliveries that is judged. */
    public double judgedShare() {
        return due == 0 ? 0 : judged() / (double) due;
    }

    /** What arrived of what was offered: 1 when nothing was held up. */
    public double rateShare() {
        return IntStream.of(arrivals).sum() / (double) (perSecond * arrivals.length);
    }

    public double firstSecondShare() {
        return arrivals[0] / (double) perSecond;
    }

    public double worstSecondShare() {
        return IntStream.of(arrivals).min().orElse(0) / (double) perSecond;
    }

    /** The least of any ten seconds in a row; of the whole when it is shorter. */
    public double worstTenSecondsShare() {
        int length = Math.min(WINDOW, arrivals.length);
        return IntStream.rangeClosed(0, arrivals.length - length)
                        .map(from -> IntStream.range(from, from + length)
                                .map(i -> arrivals[i])
                                .sum())
                        .min()
                        .orElse(0)
                / (double) (perSecond * length);
    }

    /** The part of the seconds in which so much of the rate arrived. */
    public double secondsWith(double share) {
        return IntStream.of(arrivals)
                        .filter(count -> count >= share * perSecond)
                        .count()
                / (double) arrivals.length;
    }

    public double ms(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    public double p99Ms() {
        return ms(99);
    }

    public double maxMs() {
        return latencies.getMaxValue() / 1e3;
    }

    /** Of several phases together. */
    public static double p99Ms(PhaseFigures... several) {
        Histogram all = new Histogram(LONGEST_MICROS, 3);
        for (PhaseFigures one : several) {
            all.add(one.latencies);
        }
        return all.getValueAtPercentile(99) / 1e3;
    }
}
