package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Ids that are a function of what they name and sort by time as text: a prefix and 26 Crockford base-32 digits, 48 bits of
 * time in milliseconds and 80 bits of SHA-256.
 */
final class SortableId {
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int DIGITS = 26;
    private static final int TIME_DIGITS = 10;

    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private SortableId() {}

    /** The id of what these parts name, in this order. */
    static String of(String prefix, long epochMillis, String... parts) {
        MessageDigest sha256 = sha256();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                // A byte that no UTF-8 text contains keeps neighbouring parts apart.
                sha256.update((byte) 0xff);
            }
            sha256.update(parts[i].getBytes(UTF_8));
        }
        return encode(prefix, epochMillis, sha256.digest());
    }

    /** The time of an id with that prefix, epoch milliseconds; empty when the text is none. */
    static OptionalLong epochMillis(String prefix, String id) {
        String digits = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        if (!FORM.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        long millis = 0;
        for (int i = 0; i < TIME_DIGITS; i++) {
            millis = (millis << 5) | Arrays.binarySearch(CROCKFORD, digits.charAt(i));
        }
        return OptionalLong.of(millis);
    }

    private static String encode(String prefix, long epochMillis, byte[] hash) {
        int start = prefix.length();
        char[] text = new char[start + DIGITS];
        prefix.getChars(0, start, text, 0);
        for (int i = 0; i < TIME_DIGITS; i++) {
            text[start + i] = CROCKFORD[(int) (epochMillis >>> (5 * (TIME_DIGITS - 1 - i))) & 31];
        }
        int bits = 0;
        int buffer = 0;
        int next = 0;
        for (int i = start + TIME_DIGITS; i < text.length; i++) {
            if (bits < 5) {
                buffer = ((buffer << 8) | (hash[next++] & 0xff)) & 0xffff;
                bits += 8;
            }
            bits -= 5;
            text[i] = CROCKFORD[(buffer >>> bits) & 31];
        }
        return new String(text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
