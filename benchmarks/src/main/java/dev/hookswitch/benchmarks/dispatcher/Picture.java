package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
import dev.hookswitch.benchmarks.figures.Svg;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Deliveries per CPU-second of raw client and dispatcher, a pair of bars for each scenario, with the range over windows. */
final class Picture {
    private static final int LEFT = 90;
    private static final int TOP = 60;
    private static final int HEIGHT = 260;
    private static final int BAR = 44;
    private static final int GROUP = 150;

    private Picture() {}

    static String of(Results results) {
        List<Scenario> scenarios = results.scenarios();
        double most = results.samples().stream()
                .filter(sample -> sample.contender() != Contender.USUAL)
                .mapToDouble(Sample::perCpuSecond)
                .max()
                .orElse(1);
        int width = LEFT + GROUP * scenarios.size() + 20;
        Svg svg = new Svg(width, TOP + HEIGHT + 60);
        svg.text(
                8, 20, "Deliveries per CPU-second: grey the raw client, blue the dispatcher; whiskers from min to max");
        svg.text(8, 38, "Above each pair the median of the ratios of pairs");
        svg.grid(LEFT, width - 20, TOP, HEIGHT, share -> Tables.count(most * share));
        for (int group = 0; group < scenarios.size(); group++) {
            group(svg, results, scenarios.get(group), LEFT + GROUP * group + 20, most);
        }
        return svg.toString();
    }

    private static void group(Svg svg, Results results, Scenario scenario, int x, double most) {
        results.figure(scenario, Contender.RAW, Sample::perCpuSecond)
                .ifPresent(spread -> bar(svg, x, spread, most, "#9e9e9e"));
        results.figure(scenario, Contender.DISPATCHER, Sample::perCpuSecond)
                .ifPresent(spread -> bar(svg, x + BAR + 4, spread, most, "#1565c0"));
        svg.text(x, TOP + HEIGHT + 20, scenario.endpoints() + " endpoints");
        svg.text(
                x,
                TOP + HEIGHT + 36,
                scenario.instant() ? "at once" : "after " + scenario.delay().toMillis() + " ms");
        Optional<Spread> ratio = results.ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond);
        ratio.ifPresent(
                spread -> svg.text(x + BAR / 2.0, TOP - 6, String.format(Locale.ROOT, "%.2f x", spread.median())));
    }

    private static void bar(Svg svg, int x, Spread spread, double most, String colour) {
        double height = HEIGHT * spread.median() / most;
        svg.rect(x, TOP + HEIGHT - height, BAR, height, colour);
        double middle = x + BAR / 2.0;
        svg.line(
                middle,
                TOP + HEIGHT - HEIGHT * spread.min() / most,
                middle,
                TOP + HEIGHT - HEIGHT * spread.max() / most,
                "black");
    }
}
