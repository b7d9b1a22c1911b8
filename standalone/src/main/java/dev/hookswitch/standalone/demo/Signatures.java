package dev.hookswitch.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verification as the vendors' pages show it to receivers. Header names are lower case. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long TOLERANCE_SECONDS = 300;

    private Signatures() {}

    /** Whether the vendor's own header and the Standard Webhooks trio both verify. */
    static boolean verify(Promise promise, Map<String, String> headers, byte[] body, String secret, Instant now) {
        boolean own = switch (promise) {
            case RINGYO -> ringyo(headers.getOrDefault("x-ringyo-signature", ""), body, secret, now);
            case RING_TONIC -> ringTonic(headers.getOrDefault("signature", ""), body, secret);
            case STANDARD -> true;
        };
        return own && standard(headers, body, secret, now);
    }

    /** Ringyo's sample: splits at the commas, refuses a time older than 300 s, signs {@code t.body}. */
    private static boolean ringyo(String header, byte[] body, String secret, Instant now) {
        String[] parts = header.split(",", -1);
        if (parts.length < 2 || !parts[0].startsWith("t=") || !parts[1].startsWith("v1=")) {
            return false;
        }
        String time = parts[0].substring(2);
        byte[] expected = mac(secret.getBytes(UTF_8), (time + ".").getBytes(UTF_8), body);
        return fresh(time, now) && same(HexFormat.of().formatHex(expected), parts[1].substring(3));
    }

    /** Ring Tonic's sample: {@code hash_equals(hash_hmac('sha256', $payload, $secret), $signature)}. */
    private static boolean ringTonic(String header, byte[] body, String secret) {
        return same(HexFormat.of().formatHex(mac(secret.getBytes(UTF_8), new byte[0], body)), header);
    }

    /** Standard Webhooks 1.0.0: any of the space-separated signatures over {@code id.timestamp.body}. */
    private static boolean standard(Map<String, String> headers, byte[] body, String secret, Instant now) {
        String id = headers.getOrDefault("webhook-id", "");
        String time = headers.getOrDefault("webhook-timestamp", "");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        byte[] expected = mac(key, (id + "." + time + ".").getBytes(UTF_8), body);
        String wanted = "v1," + Base64.getEncoder().encodeToString(expected);
        for (String signature : headers.getOrDefault("webhook-signature", "").split(" ", -1)) {
            if (same(wanted, signature)) {
                return fresh(time, now);
            }
        }
        return false;
    }

    private static boolean fresh(String unixSeconds, Instant now) {
        try {
            return Math.abs(now.getEpochSecond() - Long.parseLong(unixSeconds)) <= TOLERANCE_SECONDS;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean same(String expected, String received) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), received.getBytes(UTF_8));
    }

    private static byte[] mac(byte[] key, byte[] before, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(before.length + body.length);
        signed.writeBytes(before);
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
