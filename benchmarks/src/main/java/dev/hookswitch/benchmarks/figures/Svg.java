package dev.hookswitch.benchmarks.figures;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** A picture with a white ground, onto which things are put one after the other. */
public final class Svg {
    private static final int LINES = 4;

    private final StringBuilder svg = new StringBuilder();

    public Svg(int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                width, height);
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    public void text(double x, double y, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, words);
    }

    public void text(double x, double y, String colour, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>", x, y, colour, words);
    }

    public void rect(double x, double y, double width, double height, String colour) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width, height, colour);
    }

    public void line(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    /** A line through these points: {@code x,y} each, parted by spaces. */
    public void curve(String points, String colour) {
        add("<polyline fill=\"none\" stroke-width=\"1.2\" stroke=\"%s\" points=\"%s\"/>", colour, points);
    }

    /**
     * Level lines at every quarter of a height, named at the picture's left edge.
     *
     * @param name of the line at a share of the height, from 0 to 1
     */
    public void grid(double left, double right, double top, double height, DoubleFunction<String> name) {
        for (int line = 0; line <= LINES; line++) {
            double share = line / (double) LINES;
            double y = top + height - height * share;
            line(left, y, right, y, "#dddddd");
            text(8, y + 4, name.apply(share));
        }
    }

    /** The whole of it. */
    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}
