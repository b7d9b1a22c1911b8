package dev.hookswitch.console.endpoints;

import java.security.SecureRandom;

/** Ids of webhooks: {@code wh_} and 22 random letters and digits, which is 131 bits. */
final class WebhookIds {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CHARS = 22;

    private final SecureRandom random;

    WebhookIds(SecureRandom random) {
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder("wh_");
        for (int i = 0; i < CHARS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
