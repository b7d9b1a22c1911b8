package dev.hookswitch.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has written, for messages that must say why it failed. */
record LogFile(Path path) {
    private static final int SHOWN_LINES = 15;

    /** Its last lines. */
    String end() {
        try {
            List<String> all = Files.readAllLines(path);
            return String.join("\n", all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(" + e + ")";
        }
    }
}
