package dev.hookswitch.console.endpoints;

/** Text that came from outside, made fit for a message. */
final class Shown {
    private static final int MAX_CHARS = 64;

    private Shown() {}

    /** At most 64 characters, and a question mark for each that is not visible ASCII. */
    static String text(String raw) {
        String cut = raw.length() > MAX_CHARS ? raw.substring(0, MAX_CHARS) + "..." : raw;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
