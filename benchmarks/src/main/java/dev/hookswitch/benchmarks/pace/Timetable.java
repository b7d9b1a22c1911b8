package dev.hookswitch.benchmarks.pace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams merged by time. Not for several threads. */
public final class Timetable {
    private final List<Stream> streams;
    private final long[] given;

    /**
     * One delivery.
     *
     * @param dueNanos after the origin of the run
     */
    public record Entry(long dueNanos, int endpoint) {}

    public Timetable(List<Stream> streams) {
        this.streams = List.copyOf(streams);
        this.given = new long[streams.size()];
    }

    /** The next one, or null when there is none. */
    public @Nullable Entry next() {
        int first = -1;
        for (int i = 0; i < given.length; i++) {
            if (given[i] < streams.get(i).count() && (first < 0 || due(i) < due(first))) {
                first = i;
            }
        }
        if (first < 0) {
            return null;
        }
        Entry entry = new Entry(due(first), streams.get(first).endpoint(given[first]));
        given[first]++;
        return entry;
    }

    private long due(int stream) {
        return streams.get(stream).dueNanos(given[stream]);
    }
}
