package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What the dispatcher has committed, read after it has stopped: the witness of the benchmark. A row carries the time at
 * which it was handed to the transaction, so that a window of time has its rows.
 */
final class CommittedRows {
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    private final List<InWindow> windows;
    private long outcomes;

    /** The rows of one window of time, its beginning and end in epoch milliseconds, the end not in it. */
    static final class InWindow {
        private final long fromMs;
        private final long toMs;
        private final Histogram attemptMillis = new Histogram(LONGEST_MILLIS, 3);
        private long outcomes;

        private InWindow(long fromMs, long toMs) {
            this.fromMs = fromMs;
            this.toMs = toMs;
        }

        /** How many were written in the window. */
        long outcomes() {
            return outcomes;
        }

        /** Durations of the attempts in the window. */
        Histogram attemptMillis() {
            return attemptMillis;
        }
    }

    private CommittedRows(List<InWindow> windows) {
        this.windows = windows;
    }

    /** Reads both topics, each once. */
    static CommittedRows read(String bootstrapServers, TopicLayout topics, List<Window> windows) {
        CommittedRows rows = new CommittedRows(windows.stream()
                .map(window -> new InWindow(
                        window.from().number("epochMs"), window.to().number("epochMs")))
                .toList());
        TopicRows.read(bootstrapServers, topics.deliveryOutcomes(), 0, row -> {
            rows.outcomes++;
            rows.at(row.timestamp()).ifPresent(window -> window.outcomes++);
        });
        long firstMs =
                rows.windows.stream().mapToLong(window -> window.fromMs).min().orElse(0);
        TopicRows.read(
                bootstrapServers,
                topics.deliveryAttempts(),
                firstMs,
                row -> rows.at(row.timestamp()).ifPresent(window -> {
                    AttemptRow attempt = Wire.read(row.value(), AttemptRow.class);
                    if (attempt.kind() == AttemptRow.Kind.ATTEMPT) {
                        window.attemptMillis.recordValue(Math.min(LONGEST_MILLIS, attempt.durationMs()));
                    }
                }));
        return rows;
    }

    private Optional<InWindow> at(long timestampMs) {
        return windows.stream()
                .filter(window -> timestampMs >= window.fromMs && timestampMs < window.toMs)
                .findFirst();
    }

    /** All outcomes in the topic. */
    long outcomes() {
        return outcomes;
    }

    /** In the order of the windows that were asked for. */
    List<InWindow> windows() {
        return windows;
    }
}
