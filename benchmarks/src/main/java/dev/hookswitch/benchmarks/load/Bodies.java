package dev.hookswitch.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/** The bodies that are sent: JSON of one size whose text differs, so that nothing gains from compressing it. */
public final class Bodies {
    private static final int DIFFERENT = 64;
    private static final String BEGIN =
            "{\"type\":\"call.completed\",\"timestamp\":\"2026-11-21T09:30:00.000Z\",\"data\":{\"summary\":\"";
    private static final String END = "\"}}";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

    /** Where the text begins that means nothing. */
    static final int TEXT_FROM = BEGIN.length();

    private final byte[][] bodies = new byte[DIFFERENT][];

    /** Bodies of exactly so many bytes. */
    public Bodies(int bytes, long seed) {
        int letters = bytes - BEGIN.length() - END.length();
        if (letters < 1) {
            throw new IllegalArgumentException("a body has more than " + (BEGIN.length() + END.length()) + " bytes");
        }
        Random random = new Random(seed);
        for (int i = 0; i < DIFFERENT; i++) {
            StringBuilder text = new StringBuilder(bytes).append(BEGIN);
            for (int j = 0; j < letters; j++) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            bodies[i] = text.append(END).toString().getBytes(US_ASCII);
        }
    }

    /** The same for the same number. Not to be changed. */
    public byte[] get(long number) {
        return bodies[(int) (number % DIFFERENT)];
    }
}
