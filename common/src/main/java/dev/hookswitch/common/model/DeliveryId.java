package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Makes delivery ids: {@code msg_} and 26 Crockford base-32 digits, 48 bits of the event's time in milliseconds and 80
 * bits of SHA-256 over tenant, event id and webhook id. A function of event and endpoint, so that a replay names the same
 * delivery; sorts by time as text.
 */
public final class DeliveryId {
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private DeliveryId() {}

    /** The id of the delivery of an event to an endpoint. */
    public static String of(EndpointId endpoint, String eventId, Instant occurredAt) {
        MessageDigest sha256 = sha256();
        update(sha256, endpoint.tenant());
        update(sha256, endpoint.webhookId());
        sha256.update(eventId.getBytes(UTF_8));
        return encode(occurredAt.toEpochMilli(), sha256.digest());
    }

    private static void update(MessageDigest digest, String part) {
        digest.update(part.getBytes(UTF_8));
        // A byte that no UTF-8 text contains keeps neighbouring parts apart.
        digest.update((byte) 0xff);
    }

    private static String encode(long epochMillis, byte[] hash) {
        char[] text = new char[30];
        text[0] = 'm';
        text[1] = 's';
        text[2] = 'g';
        text[3] = '_';
        for (int i = 0; i < 10; i++) {
            text[4 + i] = CROCKFORD[(int) (epochMillis >>> (5 * (9 - i))) & 31];
        }
        int bits = 0;
        int buffer = 0;
        int next = 0;
        for (int i = 14; i < 30; i++) {
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
