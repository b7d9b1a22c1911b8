package dev.hookswitch.common.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.ApiKeyRow;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An API key in the clear: {@code vb_live_}, 43 random letters and digits (256 bits), and 6 that check what stands before
 * them. It has no JSON form and does not print itself.
 *
 * <p>What is kept of it, its id and a MAC over its tenant (HMAC-SHA256 under the key itself), proves the key and does not
 * give it away.
 */
public final class ApiKey {
    /** In front of every key. */
    public static final String PREFIX = "vb_live_";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** Of 62 letters and digits each: 256.03 bits. */
    private static final int RANDOM_CHARS = 43;

    private static final int CHECK_CHARS = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_CHARS + CHECK_CHARS) + "}");
    private static final int ID_BYTES = 12;

    private final String text;
    private final String id;

    private ApiKey(String text) {
        this.text = text;
        this.id = "key_" + HexFormat.of().formatHex(Arrays.copyOf(hmac(text, "hookswitch api key, id"), ID_BYTES));
    }

    /** A new key. */
    public static ApiKey generate(SecureRandom random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM_CHARS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ApiKey(text + check(text.toString()));
    }

    /** The key that this text is; empty when no key looks like this. */
    public static Optional<ApiKey> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECK_CHARS;
        return check(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(new ApiKey(text))
                : Optional.empty();
    }

    /** Names the key; a function of it that does not give it away. */
    public String id() {
        return id;
    }

    /** The key itself: to be shown to its owner once. */
    public String reveal() {
        return text;
    }

    /** What is kept of it for a tenant, base64. */
    public String mac(String tenant) {
        return Base64.getEncoder().encodeToString(macBytes(tenant));
    }

    /** Whether the row is of this key. Takes the same time for every wrong MAC. */
    public boolean proves(ApiKeyRow row) {
        byte[] kept;
        try {
            kept = Base64.getDecoder().decode(row.mac());
        } catch (IllegalArgumentException e) {
            return false;
        }
        return row.keyId().equals(id) && MessageDigest.isEqual(kept, macBytes(row.tenant()));
    }

    private byte[] macBytes(String tenant) {
        return hmac(text, "hookswitch api key, of tenant " + tenant);
    }

    private static byte[] hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** CRC-32 of the text, so that a key which was cut or mistyped is known without a look-up. */
    private static String check(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        char[] digits = new char[CHECK_CHARS];
        long rest = crc.getValue();
        for (int i = CHECK_CHARS - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return PREFIX + "(hidden)";
    }
}
