package dev.hookswitch.benchmarks.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Lines that are shown while a run goes on, each at once. */
public final class ProgressLines {
    private ProgressLines() {}

    /** As they come. */
    public static Consumer<String> plain(PrintWriter out) {
        return line -> {
            out.println(line);
            out.flush();
        };
    }

    /** With the time since now in front of them: {@code [12:05] line}. */
    public static Consumer<String> timed(PrintWriter out) {
        long startNanos = System.nanoTime();
        Consumer<String> plain = plain(out);
        return line -> plain.accept("[" + minutes(Duration.ofNanos(System.nanoTime() - startNanos)) + "] " + line);
    }

    /** Minutes and seconds. */
    static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
