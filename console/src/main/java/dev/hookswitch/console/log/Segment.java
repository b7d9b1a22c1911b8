package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.ColumnFamilyHandle;

/**
 * Deliveries whose first row was written in a period: a column family of its own, so that dropping it deletes files and moves
 * nothing.
 *
 * @param fromMs when the period begins, epoch milliseconds
 * @param untilMs when it is over
 */
record Segment(long fromMs, long untilMs, ColumnFamilyHandle family) {
    private static final Pattern NAME = Pattern.compile("rows-(\\d{1,18})-(\\d{1,18})");

    /** The name of its column family. */
    static byte[] name(long fromMs, long untilMs) {
        return ("rows-" + fromMs + "-" + untilMs).getBytes(US_ASCII);
    }

    /** Whether a column family is a segment. */
    static boolean isName(byte[] name) {
        return NAME.matcher(new String(name, US_ASCII)).matches();
    }

    /** The segment that a column family is; nothing when it is another one. */
    static Optional<Segment> of(byte[] name, ColumnFamilyHandle family) {
        Matcher matcher = NAME.matcher(new String(name, US_ASCII));
        return matcher.matches()
                ? Optional.of(new Segment(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), family))
                : Optional.empty();
    }

    boolean holds(long ms) {
        return fromMs <= ms && ms < untilMs;
    }
}
