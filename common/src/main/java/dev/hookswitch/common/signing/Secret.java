package dev.hookswitch.common.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signing secret in the clear: {@code whsec_} and base64. It has no JSON form and does not print itself; it lives in
 * the memory of those who sign or show it once, and nowhere else.
 */
public final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int GENERATED_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("whsec_[A-Za-z0-9+/]{16,256}={0,2}");

    private final String text;
    private final SecretKeySpec textKey;
    private final SecretKeySpec decodedKey;

    private Secret(String text, byte[] decoded) {
        this.text = text;
        this.textKey = new SecretKeySpec(text.getBytes(UTF_8), Signer.ALGORITHM);
        this.decodedKey = new SecretKeySpec(decoded, Signer.ALGORITHM);
    }

    /**
     * Takes a secret's text.
     *
     * @throws IllegalArgumentException when it is not {@code whsec_} and base64; the message does not repeat it
     */
    public static Secret of(String text) {
        if (!FORM.matcher(text).matches() || (text.length() - PREFIX.length()) % 4 != 0) {
            throw new IllegalArgumentException(
                    "secret must be whsec_ followed by 16 to 256 characters of base64, padded");
        }
        try {
            return new Secret(text, Base64.getDecoder().decode(text.substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("secret must be whsec_ followed by valid base64");
        }
    }

    /** A new secret of 32 random bytes. */
    public static Secret generate(SecureRandom random) {
        byte[] bytes = new byte[GENERATED_BYTES];
        random.nextBytes(bytes);
        return of(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** The secret itself: to be shown to its owner once, or sealed. */
    public String reveal() {
        return text;
    }

    SecretKeySpec key(SignatureScheme.Key kind) {
        return kind == SignatureScheme.Key.SECRET_TEXT ? textKey : decodedKey;
    }

    @Override
    public String toString() {
        return "whsec_(hidden)";
    }
}
