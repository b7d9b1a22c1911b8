package dev.hookswitch.console.recovery;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of retries and recoveries: {@code rec_} and 80 random bits. */
final class RecoveryIds {
    private static final int BYTES = 10;

    private final SecureRandom random;

    RecoveryIds(SecureRandom random) {
        this.random = random;
    }

    String next() {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return "rec_" + HexFormat.of().formatHex(bits);
    }
}
