package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/** The topics that the log is made of. */
enum Source {
    ATTEMPTS,
    OUTCOMES;

    /** Under which a store remembers where to read on. */
    byte[] positionKey() {
        return key("next-");
    }

    /** Under which a store remembers the time of the newest row, epoch milliseconds. */
    byte[] newestKey() {
        return key("newest-");
    }

    private byte[] key(String what) {
        return (what + name().toLowerCase(Locale.ROOT)).getBytes(US_ASCII);
    }
}
