package dev.hookswitch.common.model;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic {@code api-keys} holds for a key. The key itself is not in it and does not follow from it. Written
 * by the console alone.
 *
 * @param keyId names the key
 * @param tenant whom it speaks for; {@code *} for every tenant, which only a key that does no more than publish may
 * @param name a name for people, may be empty
 * @param scopes what it may do
 * @param mac what proves the key, base64; see {@link dev.hookswitch.common.access.ApiKey}
 * @param revision rises at each change of the record, from 1 without gaps
 * @param createdAtMs epoch milliseconds
 * @param expiresAtMs from when it is no longer taken, epoch milliseconds; null for never
 * @param revokedAtMs when it was revoked, epoch milliseconds; null when it was not
 */
public record ApiKeyRow(
        String keyId,
        String tenant,
        String name,
        Set<Scope> scopes,
        String mac,
        long revision,
        long createdAtMs,
        @Nullable Long expiresAtMs,
        @Nullable Long revokedAtMs) {
    /** Stands for every tenant. */
    public static final String EVERY_TENANT = "*";

    public ApiKeyRow {
        Objects.requireNonNull(keyId, "key_id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(name, "name");
        scopes = Set.copyOf(Objects.requireNonNull(scopes, "scopes"));
        Objects.requireNonNull(mac, "mac");
        if (tenant.equals(EVERY_TENANT) && !scopes.equals(Set.of(Scope.EVENTS_WRITE))) {
            throw new IllegalArgumentException("a key for every tenant must have the scope events:write alone");
        }
    }

    /** Whether it may act for that tenant. */
    public boolean speaksFor(String other) {
        return tenant.equals(other) || tenant.equals(EVERY_TENANT);
    }

    /** The key after it was revoked. */
    public ApiKeyRow revoked(long nowMs) {
        return new ApiKeyRow(keyId, tenant, name, scopes, mac, revision + 1, createdAtMs, expiresAtMs, nowMs);
    }
}
