package dev.hookswitch.common.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.signing.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D): a fresh data key for each, wrapped by the key ring's active key. Both
 * ciphertexts are bound to tenant, webhook id and version, so that one moved elsewhere does not open.
 */
public final class SecretSealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final Supplier<KeyRing> keyRing;
    private final SecureRandom random;

    /** With a ring that stays as it is. */
    public SecretSealer(KeyRing keyRing, SecureRandom random) {
        this(() -> keyRing, random);
    }

    /** @param keyRing is asked each time */
    public SecretSealer(Supplier<KeyRing> keyRing, SecureRandom random) {
        this.keyRing = keyRing;
        this.random = random;
    }

    /** Seals a secret for one endpoint and version. */
    public SealedSecret seal(EndpointId endpoint, int version, Secret secret) {
        byte[] dataKey = randomBytes(KEY_BYTES);
        byte[] bound = bound(endpoint, version);
        KeyRing ring = keyRing.get();
        String keyId = ring.activeId();
        byte[] wrapped = encrypt(ring.key(keyId), bound, dataKey);
        byte[] sealed = encrypt(
                new SecretKeySpec(dataKey, "AES"), bound, secret.reveal().getBytes(UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return new SealedSecret(version, keyId, base64.encodeToString(wrapped), base64.encodeToString(sealed));
    }

    /**
     * Opens a sealed secret.
     *
     * @throws IllegalArgumentException when it was sealed for another endpoint or version, was changed, or its key is not
     *     on the ring
     */
    public Secret open(EndpointId endpoint, SealedSecret sealed) {
        byte[] bound = bound(endpoint, sealed.version());
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] dataKey = decrypt(keyRing.get().key(sealed.keyId()), bound, base64.decode(sealed.wrappedKey()));
            byte[] text = decrypt(new SecretKeySpec(dataKey, "AES"), bound, base64.decode(sealed.sealed()));
            return Secret.of(new String(text, UTF_8));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "secret version " + sealed.version() + " of " + endpoint.topicKey() + " does not open with key "
                            + sealed.keyId(),
                    e);
        }
    }

    /**
     * The same secret, sealed anew under the active key.
     *
     * @throws IllegalArgumentException as {@link #open}
     */
    public SealedSecret reseal(EndpointId endpoint, SealedSecret sealed) {
        return seal(endpoint, sealed.version(), open(endpoint, sealed));
    }

    /** The tenant's length keeps it apart from the id, whatever characters they have. */
    private static byte[] bound(EndpointId endpoint, int version) {
        String tenant = endpoint.tenant();
        return ("hookswitch-secret " + version + " " + tenant.length() + " " + tenant + " " + endpoint.webhookId())
                .getBytes(UTF_8);
    }

    private byte[] encrypt(SecretKey key, byte[] bound, byte[] clear) {
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound);
            byte[] encrypted = cipher.doFinal(clear);
            return ByteBuffer.allocate(nonce.length + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    private static byte[] decrypt(SecretKey key, byte[] bound, byte[] nonceAndText) throws GeneralSecurityException {
        if (nonceAndText.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = Arrays.copyOf(nonceAndText, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, bound)
                .doFinal(nonceAndText, NONCE_BYTES, nonceAndText.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
