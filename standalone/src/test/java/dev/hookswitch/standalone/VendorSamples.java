package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.testkit.ReceivedRequest;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The vendors' own verifiers, written from their pages. */
final class VendorSamples {
    private VendorSamples() {}

    /** Ringyo: {@code t=...,v1=...} over {@code t.body}. */
    static boolean ringyo(ReceivedRequest request, String secret) {
        String[] parts = Objects.requireNonNullElse(request.header("x-ringyo-signature"), ",")
                .split(",", -1);
        return parts[0].startsWith("t=")
                && parts[1].equals("v1=" + hmac(secret, parts[0].substring(2) + ".", request.body()));
    }

    /** The same, by any of the signatures: as a receiver does whose secret is being rotated. */
    static boolean ringyoAny(ReceivedRequest request, String secret) {
        List<String> parts = List.of(Objects.requireNonNullElse(request.header("x-ringyo-signature"), ",")
                .split(",", -1));
        return parts.get(0).startsWith("t=")
                && parts.contains("v1=" + hmac(secret, parts.get(0).substring(2) + ".", request.body()));
    }

    /** Ring Tonic: {@code hash_hmac('sha256', $payload, $secret)}. */
    static boolean ringTonic(ReceivedRequest request, String secret) {
        return hmac(secret, "", request.body()).equals(request.header("signature"));
    }

    private static String hmac(String secret, String before, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(before.getBytes(UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
