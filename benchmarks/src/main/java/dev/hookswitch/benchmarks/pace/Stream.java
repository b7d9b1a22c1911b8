package dev.hookswitch.benchmarks.pace;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Deliveries at a fixed rate, evenly spaced, to neighbouring endpoints in turn.
 *
 * @param fromMs when it begins, after the origin of the run
 * @param untilMs when it ends, not in it
 * @param perSecond deliveries
 * @param firstEndpoint index
 * @param endpoints how many
 */
public record Stream(long fromMs, long untilMs, int perSecond, int firstEndpoint, int endpoints) {
    public Stream {
        if (fromMs < 0 || untilMs < fromMs || perSecond < 1 || firstEndpoint < 0 || endpoints < 1) {
            throw new IllegalArgumentException(
                    "no stream: " + List.of(fromMs, untilMs, perSecond, firstEndpoint, endpoints));
        }
    }

    /** How many deliveries it has. */
    public long count() {
        return (untilMs - fromMs) * perSecond / 1_000;
    }

    /** When the i-th is due, after the origin of the run. */
    long dueNanos(long i) {
        return fromMs * 1_000_000 + i * 1_000_000_000 / perSecond;
    }

    int endpoint(long i) {
        return firstEndpoint + (int) (i % endpoints);
    }

    private String text() {
        return fromMs + ":" + untilMs + ":" + perSecond + ":" + firstEndpoint + ":" + endpoints;
    }

    /** All as one word. */
    public static String write(List<Stream> streams) {
        return streams.stream().map(Stream::text).collect(Collectors.joining(","));
    }

    public static List<Stream> read(String text) {
        return Arrays.stream(text.split(",", -1)).map(Stream::of).toList();
    }

    private static Stream of(String text) {
        String[] parts = text.split(":", -1);
        return new Stream(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
