package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import java.util.ArrayList;
import java.util.List;

/** The long round second by second, with the calm before it; the calm after it follows without its pause. */
final class Picture {
    private Picture() {}

    static String of(Results results) {
        List<PhaseFigures> parts = List.of(
                results.whole().calm(),
                results.whole().disturbed(),
                results.after().calm());
        List<Double> arrivals = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        for (PhaseFigures part : parts) {
            for (int second = 0; second < part.arrivals().length; second++) {
                arrivals.add((double) part.arrivals()[second]);
                late.add(part.late99Ms()[second]);
            }
        }
        double[] seconds = new double[arrivals.size()];
        double[] offered = new double[arrivals.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i;
            offered[i] = parts.get(0).perSecond();
        }
        int from = parts.get(0).arrivals().length;
        return new Chart("Healthy endpoints, second by second, without and with bad ones beside them")
                .band(from, from + parts.get(1).arrivals().length, "bad endpoints have traffic")
                .panel(
                        "arrivals/s",
                        new Chart.Curve("offered", "#9e9e9e", seconds, offered),
                        new Chart.Curve("arrived", "#1565c0", seconds, array(arrivals)))
                .panel("latency, ms", new Chart.Curve("p99 of the second", "#c62828", seconds, array(late)))
                .svg();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
