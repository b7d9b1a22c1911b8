package dev.hookswitch.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a paced body says about itself, so that a receiver can tell how late it is: the number of its event, its endpoint,
 * and when it was due to be produced. The time is that of {@link System#nanoTime}, which on Linux is one clock for all
 * processes of a machine (CLOCK_MONOTONIC) and is never set.
 *
 * @param number of the event
 * @param endpoint its index
 * @param dueNanos when it was due to be produced
 */
public record Stamp(long number, int endpoint, long dueNanos) {
    /** A receiver must keep so much of a body to read the stamp. */
    public static final int REACHES_TO = Bodies.TEXT_FROM + 36;

    private static final int NUMBER_DIGITS = 10;
    private static final int ENDPOINT_DIGITS = 5;
    private static final int NANOS_DIGITS = 19;

    /** A copy of the body with this stamp in its text. */
    public byte[] on(byte[] body) {
        if (body.length < REACHES_TO) {
            throw new IllegalArgumentException("a body with a stamp has " + REACHES_TO + " bytes or more");
        }
        byte[] stamped = body.clone();
        byte[] text = String.format(Locale.ROOT, "%010d:%05d:%019d", number, endpoint, dueNanos)
                .getBytes(US_ASCII);
        System.arraycopy(text, 0, stamped, Bodies.TEXT_FROM, text.length);
        return stamped;
    }

    /**
     * Reads it back.
     *
     * @param body or its beginning
     * @throws IllegalArgumentException when there is none
     */
    public static Stamp of(byte[] body) {
        if (body.length < REACHES_TO) {
            throw new IllegalArgumentException("too short for a stamp: " + body.length);
        }
        int at = Bodies.TEXT_FROM;
        long number = digits(body, at, NUMBER_DIGITS);
        at += NUMBER_DIGITS + 1;
        long endpoint = digits(body, at, ENDPOINT_DIGITS);
        at += ENDPOINT_DIGITS + 1;
        return new Stamp(number, (int) endpoint, digits(body, at, NANOS_DIGITS));
    }

    private static long digits(byte[] body, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = body[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException(
                        "no stamp: " + new String(Arrays.copyOfRange(body, from, from + count), US_ASCII));
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
