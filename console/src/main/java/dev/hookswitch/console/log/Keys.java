package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a store: a letter, the endpoint, the delivery id. Delivery ids sort by the time of their events, so the deliveries of
 * an endpoint are one range, and so is any period of them.
 */
final class Keys {
    /** Every delivery, with its history. */
    static final byte ALL = 'a';
    /** Deliveries that have not simply arrived, without a value: the few among many that people look for. */
    static final byte NOT_PLAIN = 'n';

    /** No UTF-8 text contains it. */
    private static final int END = 0xff;

    private static final String ID_PREFIX = "msg_";
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;

    private Keys() {}

    /** The beginning of all keys of an endpoint. */
    static byte[] endpoint(byte letter, EndpointId endpoint) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(96);
        key.write(letter);
        key.writeBytes(endpoint.tenant().getBytes(UTF_8));
        key.write(END);
        key.writeBytes(endpoint.webhookId().getBytes(UTF_8));
        key.write(END);
        return key.toByteArray();
    }

    static byte[] delivery(byte letter, EndpointId endpoint, String deliveryId) {
        return join(endpoint(letter, endpoint), deliveryId);
    }

    /** Before the first id of that time, and behind the last one of the time before; without a time before all ids. */
    static byte[] from(byte letter, EndpointId endpoint, @Nullable Long ms) {
        return join(endpoint(letter, endpoint), ms == null ? "" : ID_PREFIX + digits(ms));
    }

    /** The same; without a time behind all ids. */
    static byte[] until(byte letter, EndpointId endpoint, @Nullable Long ms) {
        return ms == null ? join(endpoint(letter, endpoint), "~") : from(letter, endpoint, ms);
    }

    /** The delivery id of a key that begins with so many bytes. */
    static String deliveryId(byte[] key, int prefixLength) {
        return new String(key, prefixLength, key.length - prefixLength, UTF_8);
    }

    private static byte[] join(byte[] prefix, String end) {
        byte[] bytes = end.getBytes(UTF_8);
        byte[] key = new byte[prefix.length + bytes.length];
        System.arraycopy(prefix, 0, key, 0, prefix.length);
        System.arraycopy(bytes, 0, key, prefix.length, bytes.length);
        return key;
    }

    private static String digits(long ms) {
        char[] text = new char[TIME_DIGITS];
        for (int i = 0; i < TIME_DIGITS; i++) {
            text[i] = CROCKFORD[(int) (ms >>> (5 * (TIME_DIGITS - 1 - i))) & 31];
        }
        return new String(text);
    }
}
