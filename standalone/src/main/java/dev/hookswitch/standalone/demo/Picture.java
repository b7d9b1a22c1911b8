package dev.hookswitch.standalone.demo;

import java.util.List;
import java.util.Locale;

/** Every POST over time, a line for each endpoint: green when it was answered with 2xx, red when not. */
final class Picture {
    private static final int LEFT = 150;
    private static final int WIDTH = 900;
    private static final int LINE = 26;
    private static final int TOP = 40;

    private Picture() {}

    static String of(Evidence evidence) {
        List<Post> posts = evidence.posts();
        long first = posts.stream().mapToLong(Post::arrivedNanos).min().orElse(0);
        long last = posts.stream().mapToLong(Post::arrivedNanos).max().orElse(first + 1);
        double perNano = (double) WIDTH / Math.max(1, last - first);
        int height = TOP + LINE * Cast.ACTORS.size() + 40;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(LEFT + WIDTH + 30)
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, LEFT, 20, "POSTs over time: green answered with 2xx, red not; grey from disabled to enabled");
        axis(svg, (last - first) / 1e9, height);
        for (int line = 0; line < Cast.ACTORS.size(); line++) {
            Actor actor = Cast.ACTORS.get(line);
            int y = TOP + LINE * line + LINE / 2;
            text(svg, 8, y + 4, actor.label());
            Books.Disabling disabling = evidence.disablings().get(actor);
            if (disabling != null) {
                long until = actor.fate() == Actor.Fate.ENABLED_AGAIN
                        ? evidence.enabledNanos().orElse(last)
                        : last;
                rectangle(svg, x(disabling.seenNanos() - first, perNano), y - LINE / 2 + 2, x(until - first, perNano));
            }
            for (Post post : evidence.postsOf(actor)) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%d\" r=\"2.5\" fill=\"%s\" fill-opacity=\"0.6\"/>%n",
                        x(post.arrivedNanos() - first, perNano),
                        y,
                        post.successful() ? "#2e7d32" : "#c62828"));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(long nanos, double perNano) {
        return LEFT + nanos * perNano;
    }

    private static void axis(StringBuilder svg, double seconds, int height) {
        int step = (int) Math.max(1, Math.ceil(seconds / 10));
        for (int second = 0; second <= seconds; second += step) {
            double x = LEFT + second / seconds * WIDTH;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>%n",
                    x,
                    TOP,
                    x,
                    height - 30));
            text(svg, x - 8, height - 12, second + " s");
        }
    }

    private static void rectangle(StringBuilder svg, double from, int y, double to) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#eeeeee\"/>%n",
                from,
                y,
                Math.max(0, to - from),
                LINE - 4));
    }

    private static void text(StringBuilder svg, double x, int y, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", x, y, words));
    }
}
