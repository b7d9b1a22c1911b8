package dev.hookswitch.common.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;

/**
 * Makes signature headers with HMAC-SHA256 (RFC 2104). Keeps one MAC instance: not safe for use by several threads, one
 * per lane.
 */
public final class Signer {
    static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    public Signer() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The value of the scheme's header.
     *
     * @param secrets the live secrets, the one that signs first in front; a scheme without a separator uses the first
     * @param deliveryId the id that receivers see as {@code webhook-id}
     * @param unixSeconds the time of sending
     * @param body exactly the bytes that will be sent
     */
    public String header(
            SignatureScheme scheme, List<Secret> secrets, String deliveryId, long unixSeconds, byte[] body) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("secrets must hold one secret or more");
        }
        String timestamp = Long.toString(unixSeconds);
        byte[] signedPrefix = fill(scheme.signedPrefix(), deliveryId, timestamp).getBytes(UTF_8);
        StringBuilder value = new StringBuilder(fill(scheme.prefix(), deliveryId, timestamp));
        String separator = scheme.separator();
        int count = separator == null ? 1 : secrets.size();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                value.append(separator);
            }
            String text = sign(scheme, secrets.get(i), signedPrefix, body);
            value.append(fill(scheme.each().replace("{mac}", text), deliveryId, timestamp));
        }
        return value.toString();
    }

    private String sign(SignatureScheme scheme, Secret secret, byte[] signedPrefix, byte[] body) {
        try {
            mac.init(secret.key(scheme.key()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes any key that is not empty", e);
        }
        mac.update(signedPrefix);
        byte[] result = mac.doFinal(body);
        return switch (scheme.encoding()) {
            case HEX -> HexFormat.of().formatHex(result);
            case BASE64 -> Base64.getEncoder().encodeToString(result);
        };
    }

    private static String fill(String template, String id, String timestamp) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        return template.replace("{timestamp}", timestamp).replace("{id}", id);
    }
}
