package dev.hookswitch.standalone.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The line that shows how far things are: redrawn on a terminal, else printed anew from time to time. */
final class Progress {
    private static final long REDRAW_NANOS = 200_000_000;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long everyNanos;
    private final long startNanos;
    private long lastNanos;
    private int drawn;

    /** @param every how often the line is printed when there is no terminal to redraw it on */
    Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime, Duration every) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.everyNanos = terminal ? REDRAW_NANOS : every.toNanos();
        this.startNanos = nanoTime.getAsLong();
        this.lastNanos = startNanos;
    }

    /** Shows the status, if it is time. */
    void tick(Supplier<String> status) {
        long now = nanoTime.getAsLong();
        if (now - lastNanos < everyNanos) {
            return;
        }
        lastNanos = now;
        String line = String.format(Locale.ROOT, "%4d s  %s", (now - startNanos) / 1_000_000_000, status.get());
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            out.flush();
            drawn = line.length();
        } else {
            out.println(line);
        }
    }

    /** Prints a line of its own, over the status line if there is one. */
    void say(String line) {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
        out.println(line);
    }
}
