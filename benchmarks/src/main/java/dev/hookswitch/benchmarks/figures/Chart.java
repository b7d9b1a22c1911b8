package dev.hookswitch.benchmarks.figures;

import java.util.ArrayList;
import java.util.Arrays;
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
                    .flatMapToDouble(curve -> Arrays.stream(curve.values()))
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
        Svg svg = new Svg(LEFT + WIDTH + RIGHT, TOP + panels.size() * (PANEL + GAP));
        svg.text(8, 20, title);
        for (int i = 0; i < panels.size(); i++) {
            panel(svg, panels.get(i), TOP + i * (PANEL + GAP), end, i == 0);
        }
        return svg.toString();
    }

    private void panel(Svg svg, Panel panel, int y, double end, boolean first) {
        for (Band band : bands) {
            double from = x(band.fromSeconds(), end);
            svg.rect(from, y, x(band.toSeconds(), end) - from, PANEL, "#fff3e0");
            if (first) {
                svg.text(from + 4, y + 14, band.name());
            }
        }
        double top = panel.top();
        svg.grid(LEFT, LEFT + WIDTH, y, PANEL, share -> number(top * share));
        double nameX = LEFT;
        svg.text(nameX, y - 8, panel.name());
        for (Curve curve : panel.curves()) {
            nameX += Math.min(NAME, WIDTH / (panel.curves().size() + 1.0));
            svg.text(nameX, y - 8, curve.colour(), curve.name());
            svg.curve(points(curve, y, top, end), curve.colour());
        }
        seconds(svg, y + PANEL + 16, end);
    }

    private static String points(Curve curve, int y, double top, double end) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.values().length; i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(curve.seconds()[i], end),
                    y + PANEL - PANEL * Math.max(0, curve.values()[i]) / top));
        }
        return points.toString();
    }

    private static void seconds(Svg svg, int y, double end) {
        long step = STEPS.stream()
                .filter(candidate -> end <= 14.0 * candidate)
                .findFirst()
                .orElse(86_400L);
        for (long at = 0; at <= end; at += step) {
            svg.text(x((double) at, end) - 8, y, at + " s");
        }
    }

    private static double x(double seconds, double end) {
        return LEFT + WIDTH * seconds / end;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 20 ? "%,.0f" : "%.1f", value);
    }
}
