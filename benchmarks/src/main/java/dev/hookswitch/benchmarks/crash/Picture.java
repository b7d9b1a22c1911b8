package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.figures.Svg;
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
        Svg svg = new Svg(width, TOP + HEIGHT + 50);
        svg.text(8, 20, "POSTs made again after each fault, in the order of the run");
        svg.rect(8, 30, 10, 10, IN_FLIGHT);
        svg.text(24, 39, "in flight at the fault");
        svg.rect(168, 30, 10, 10, ANSWERED);
        svg.text(184, 39, "answered, result not committed");
        svg.text(8, 57, "K killed, T stopped by SIGTERM, Z paused and resumed after another took over, W twin");
        svg.grid(LEFT, width - 20, TOP, HEIGHT, share -> String.format(Locale.ROOT, "%,d", Math.round(most * share)));
        for (int i = 0; i < faults.size(); i++) {
            bar(svg, LEFT + 4 + STEP * i, faults.get(i), most);
        }
        return svg.toString();
    }

    private static void bar(Svg svg, int x, Repeats repeats, int most) {
        double inFlight = HEIGHT * (double) repeats.inFlight() / most;
        double answered = HEIGHT * (double) repeats.answered() / most;
        svg.rect(x, TOP + HEIGHT - inFlight, BAR, inFlight, IN_FLIGHT);
        svg.rect(x, TOP + HEIGHT - inFlight - answered, BAR, answered, ANSWERED);
        svg.text(x + 3, TOP + HEIGHT + 18, letter(repeats.episode().fault()));
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
}
