package dev.hookswitch.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * The child's side of the line: says that it is ready, answers {@code mark} with its figures, and returns at {@code stop}.
 * Messages go to the standard output, logs to the standard error.
 */
public final class ChildConsole {
    /** In front of every message: the JVM writes to the standard output too. */
    static final String PREFIX = "bench> ";

    private ChildConsole() {}

    /**
     * Serves until {@code stop}. When the input ends the parent is gone, and this process ends at once with it.
     *
     * @param ready the first message
     * @param figures what {@code mark} answers
     */
    public static void serve(Message ready, Supplier<Message> figures) throws IOException {
        PrintStream out = System.out;
        out.println(PREFIX + ready.line());
        out.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "mark" -> out.println(PREFIX + figures.get().line());
                case "stop" -> {
                    return;
                }
                default -> throw new IllegalArgumentException("unknown command: " + line);
            }
            out.flush();
        }
        Runtime.getRuntime().halt(3);
    }

    /** The last message, once everything is closed. */
    public static void end(Message last) {
        System.out.println(PREFIX + last.line());
        System.out.flush();
    }
}
