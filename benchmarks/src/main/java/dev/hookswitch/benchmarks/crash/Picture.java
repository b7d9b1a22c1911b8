package dev.hookswitch.benchmarks.crash;

import java.util.List;
import java.util.Locale;

/** A bar for every fault, in order: POSTs that had to be repeated, in flight at the time or answered and not committed. */
final class Picture {
    private static final int LEFT = 60;
    private static final int TOP = 70;
    private static final int HEIGHT = 240;
    private static final int BAR = 14;
    private static final int STEP = 20;
    private static final String IN_FLIGHT = "#1565c0";
    private static final String ANSWERED = "#ef6c00";

    private Picture() {}

    static String of(List<Repeats> all) {
        List<Repeats> faults = all.stream()
                .filter(repeats -> repeats.episode().fault() != Fault.NONE)
                .toList();
        int most = Math.max(1, faults.stream().mapToInt(Repeats::all).max().orElse(1));
        int width = Math.max(640, LEFT + STEP * faults.size() + 20);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                width,
                TOP + HEIGHT + 50));
        text(svg, 8, 20, "POSTs made again after each fault, in the order of the run");
        box(svg, 8, 30, 10, IN_FLIGHT);
        text(svg, 24, 39, "in flight at the fault");
        box(svg, 168, 30, 10, ANSWERED);
        text(svg, 184, 39, "answered, result not committed");
        text(svg, 8, 57, "K killed, T stopped by SIGTERM, Z paused and resumed after another took over, W twin");
        for (int line = 0; line <= 4; line++) {
            double y = TOP + HEIGHT - HEIGHT * line / 4.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                    LEFT,
                    y,
                    width - 20,
                    y));
            text(svg, 8, y + 4, String.format(Locale.ROOT, "%,d", Math.round(most * line / 4.0)));
        }
        for (int i = 0; i < faults.size(); i++) {
            bar(svg, LEFT + 4 + STEP * i, faults.get(i), most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, int x, Repeats repeats, int most) {
        double inFlight = HEIGHT * (double) repeats.inFlight() / most;
        double answered = HEIGHT * (double) repeats.answered() / most;
        rect(svg, x, TOP + HEIGHT - inFlight, inFlight, IN_FLIGHT);
        rect(svg, x, TOP + HEIGHT - inFlight - answered, answered, ANSWERED);
        text(svg, x + 3, TOP + HEIGHT + 18, letter(repeats.episode().fault()));
    }

    private static String letter(Fault fault) {
        return switch (fault) {
            case KILL -> "K";
            case TERM -> "T";
            case ZOMBIE -> "Z";
            case TWIN -> "W";
            case NONE -> "";
        };
    }

    private static void box(StringBuilder svg, int x, int y, int size, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                y,
                size,
                size,
                colour));
    }

    private static void rect(StringBuilder svg, int x, double y, double height, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                BAR,
                height,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, words));
    }
}
