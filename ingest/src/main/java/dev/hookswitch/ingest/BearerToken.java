package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token that producers must send (RFC 6750). Keeps its hash only. */
final class BearerToken {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{16,512}");
    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    /** @throws IllegalArgumentException naming the rule, not the token */
    BearerToken(String token) {
        if (!FORM.matcher(token).matches()) {
            throw new IllegalArgumentException("must be 16 to 512 visible ASCII characters without spaces");
        }
        this.hash = hash(token);
    }

    /** Whether the header carries this token. Takes the same time for every wrong one of its length. */
    boolean isIn(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        hash, hash(authorization.substring(SCHEME.length()).trim()));
    }

    /** Equal lengths for the comparison, whatever was sent. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
