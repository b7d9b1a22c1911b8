package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.RecoveryRow;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** A line every five seconds. */
final class ProgressLines implements Consumer<RecoveryRow> {
    private static final long EVERY_MS = Duration.ofSeconds(5).toMillis();

    private final Clock clock;
    private final PrintWriter out;
    private long lastMs;

    ProgressLines(Clock clock, PrintWriter out) {
        this.clock = clock;
        this.out = out;
        this.lastMs = clock.millis();
    }

    @Override
    public void accept(RecoveryRow row) {
        long now = clock.millis();
        if (now - lastMs >= EVERY_MS) {
            lastMs = now;
            out.println(RecoveryText.progress(row));
        }
    }
}
