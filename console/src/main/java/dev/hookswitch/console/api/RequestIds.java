package dev.hookswitch.console.api;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of requests, by which a caller and the log mean the same one. */
final class RequestIds {
    private static final int BYTES = 12;

    private final SecureRandom random;

    RequestIds(SecureRandom random) {
        this.random = random;
    }

    String next() {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return "req_" + HexFormat.of().formatHex(id);
    }
}
