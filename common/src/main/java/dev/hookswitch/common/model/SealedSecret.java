package dev.hookswitch.common.model;

import java.util.Objects;

/**
 * A secret as it stands in Kafka. Byte fields are base64.
 *
 * @param version numbers the endpoint's secrets from 1; part of what the seal is bound to
 * @param keyId which key of the key ring wraps the data key
 * @param wrappedKey nonce and AES-256-GCM ciphertext of the record's own data key
 * @param sealed nonce and AES-256-GCM ciphertext of the secret's text
 */
public record SealedSecret(int version, String keyId, String wrappedKey, String sealed) {
    public SealedSecret {
        Objects.requireNonNull(keyId, "key_id");
        Objects.requireNonNull(wrappedKey, "wrapped_key");
        Objects.requireNonNull(sealed, "sealed");
    }
}
