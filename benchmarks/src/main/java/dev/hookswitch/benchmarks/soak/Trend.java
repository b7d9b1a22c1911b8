package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.figures.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether something stays as it is. The first third of a run is a warm-up: the JIT compiler works, every endpoint is met
 * for the first time, pools fill.
 *
 * @param middle median of the second third
 * @param last median of the last third
 * @param perHour slope of the straight line through the second and the last third (least squares)
 * @param max of the whole run
 */
record Trend(double middle, double last, double perHour, double max) {

    static Trend of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        int third = samples.size() / 3;
        List<Sample> middle = samples.subList(third, 2 * third);
        List<Sample> last = samples.subList(2 * third, samples.size());
        return new Trend(
                median(middle, figure),
                median(last, figure),
                slope(samples.subList(third, samples.size()), figure) * 3_600,
                samples.stream().mapToDouble(figure).max().orElse(0));
    }

    /** The last third as a multiple of the second: 1 when nothing grows. */
    double growth() {
        return middle == 0 ? 1 : last / middle;
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().mapToDouble(figure).toArray()).median();
    }

    private static double slope(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double meanX = samples.stream().mapToDouble(Sample::seconds).average().orElse(0);
        double meanY = samples.stream().mapToDouble(figure).average().orElse(0);
        double xy = 0;
        double xx = 0;
        for (Sample sample : samples) {
            double x = sample.seconds() - meanX;
            xy += x * (figure.applyAsDouble(sample) - meanY);
            xx += x * x;
        }
        return xx == 0 ? 0 : xy / xx;
    }
}
