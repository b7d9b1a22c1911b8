package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
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
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(TOP + HEIGHT + 60)
                .append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(
                svg,
                8,
                20,
                "Deliveries per CPU-second: grey the raw client, blue the dispatcher; whiskers from min to max");
        text(svg, 8, 38, "Above each pair the median of the ratios of pairs");
        for (int line = 0; line <= 4; line++) {
            double y = TOP + HEIGHT - HEIGHT * line / 4.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                    LEFT,
                    y,
                    width - 20,
                    y));
            text(svg, 8, y + 4, Tables.count(most * line / 4));
        }
        for (int group = 0; group < scenarios.size(); group++) {
            group(svg, results, scenarios.get(group), LEFT + GROUP * group + 20, most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void group(StringBuilder svg, Results results, Scenario scenario, int x, double most) {
        results.figure(scenario, Contender.RAW, Sample::perCpuSecond)
                .ifPresent(spread -> bar(svg, x, spread, most, "#9e9e9e"));
        results.figure(scenario, Contender.DISPATCHER, Sample::perCpuSecond)
                .ifPresent(spread -> bar(svg, x + BAR + 4, spread, most, "#1565c0"));
        text(svg, x, TOP + HEIGHT + 20, scenario.endpoints() + " endpoints");
        text(
                svg,
                x,
                TOP + HEIGHT + 36,
                scenario.instant() ? "at once" : "after " + scenario.delay().toMillis() + " ms");
        Optional<Spread> ratio = results.ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond);
        ratio.ifPresent(
                spread -> text(svg, x + BAR / 2.0, TOP - 6, String.format(Locale.ROOT, "%.2f x", spread.median())));
    }

    private static void bar(StringBuilder svg, int x, Spread spread, double most, String colour) {
        double height = HEIGHT * spread.median() / most;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                TOP + HEIGHT - height,
                BAR,
                height,
                colour));
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"black\"/>%n",
                x + BAR / 2,
                TOP + HEIGHT - HEIGHT * spread.min() / most,
                x + BAR / 2,
                TOP + HEIGHT - HEIGHT * spread.max() / most));
    }

    private static void text(StringBuilder svg, double x, double y, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, words));
    }
}
