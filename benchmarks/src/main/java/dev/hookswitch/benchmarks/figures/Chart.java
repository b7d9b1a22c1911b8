package dev.hookswitch.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Curves over time as SVG: panels one below the other with a common axis in seconds. */
public final class Chart {
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int WIDTH = 860;
    private static final int TOP = 50;
    private static final int PANEL = 150;
    private static final int GAP = 50;
    private static final int LINES = 4;
    /** Room for the name of a curve. */
    private static final int NAME = 260;

    private static final List<Long> STEPS = List.of(1L, 5L, 10L, 30L, 60L, 300L, 600L, 1_800L, 3_600L, 36_000L);

    private final String title;
    private final List<Panel> panels = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();

    /**
     * One curve.
     *
     * @param colour of SVG
     * @param seconds ascending
     * @param values as many
     */
    public record Curve(String name, String colour, double[] seconds, double[] values) {}

    private record Panel(String name, List<Curve> curves) {
        private double top() {
            double most = curves.stream()
                    .flatMapToDouble(curve -> java.util.Arrays.stream(curve.values()))
                    .max()
                    .orElse(1);
            return most <= 0 ? 1 : most * 1.05;
        }
    }

    private record Band(double fromSeconds, double toSeconds, String name) {}

    public Chart(String title) {
        this.title = title;
    }

    /** Adds a panel, whose values begin at 0. */
    public Chart panel(String name, Curve... curves) {
        panels.add(new Panel(name, List.of(curves)));
        return this;
    }

    /** Shades a time in all panels. */
    public Chart band(double fromSeconds, double toSeconds, String name) {
        bands.add(new Band(fromSeconds, toSeconds, name));
        return this;
    }

    public String svg() {
        double end = Math.max(
                1,
                panels.stream()
                        .flatMap(panel -> panel.curves().stream())
                        .mapToDouble(
                                curve -> curve.seconds().length == 0 ? 0 : curve.seconds()[curve.seconds().length - 1])
                        .max()
                        .orElse(1));
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                LEFT + WIDTH + RIGHT,
                TOP + panels.size() * (PANEL + GAP)));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, 8, 20, title);
        for (int i = 0; i < panels.size(); i++) {
            panel(svg, panels.get(i), TOP + i * (PANEL + GAP), end, i == 0);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Panel panel, int y, double end, boolean first) {
        for (Band band : bands) {
            double from = x(band.fromSeconds(), end);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#fff3e0\"/>%n",
                    from,
                    y,
                    x(band.toSeconds(), end) - from,
                    PANEL));
            if (first) {
                text(svg, from + 4, y + 14, band.name());
            }
        }
        double top = panel.top();
        for (int line = 0; line <= LINES; line++) {
            double at = y + PANEL - PANEL * line / (double) LINES;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                    LEFT,
                    at,
                    LEFT + WIDTH,
                    at));
            text(svg, 8, at + 4, number(top * line / LINES));
        }
        double nameX = LEFT;
        text(svg, nameX, y - 8, panel.name());
        for (Curve curve : panel.curves()) {
            nameX += Math.min(NAME, WIDTH / (panel.curves().size() + 1.0));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" fill=\"%s\">%s</text>%n",
                    nameX,
                    y - 8,
                    curve.colour(),
                    curve.name()));
            curve(svg, curve, y, top, end);
        }
        seconds(svg, y + PANEL + 16, end);
    }

    private static void curve(StringBuilder svg, Curve curve, int y, double top, double end) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.2\" stroke=\"")
                .append(curve.colour())
                .append("\" points=\"");
        for (int i = 0; i < curve.values().length; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(curve.seconds()[i], end),
                    y + PANEL - PANEL * Math.max(0, curve.values()[i]) / top));
        }
        svg.append("\"/>\n");
    }

    private static void seconds(StringBuilder svg, int y, double end) {
        long step = STEPS.stream()
                .filter(candidate -> end <= 14.0 * candidate)
                .findFirst()
                .orElse(86_400L);
        for (long at = 0; at <= end; at += step) {
            text(svg, x((double) at, end) - 8, y, at + " s");
        }
    }

    private static double x(double seconds, double end) {
        return LEFT + WIDTH * seconds / end;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 20 ? "%,.0f" : "%.1f", value);
    }

    private static void text(StringBuilder svg, double x, double y, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, words));
    }
}
