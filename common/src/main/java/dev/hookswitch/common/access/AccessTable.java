package dev.hookswitch.common.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tenants and keys as their topics hold them. */
final class AccessTable implements AccessView {
    private final Map<String, ApiKeyRow> keys = new ConcurrentHashMap<>();
    private final Map<String, TenantRow> tenants = new ConcurrentHashMap<>();

    @Override
    public Optional<ApiKeyRow> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    @Override
    public Optional<TenantRow> tenant(String name) {
        return Optional.ofNullable(tenants.get(name));
    }

    @Override
    public List<ApiKeyRow> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public List<TenantRow> tenants() {
        return List.copyOf(tenants.values());
    }

    /**
     * Takes a record of {@code api-keys}. One that cannot be read takes the key away: it may be a revocation.
     *
     * @throws IllegalArgumentException when it is not a key's
     */
    void takeKey(String keyId, byte @Nullable [] value) {
        try {
            take(keys, keyId, value, ApiKeyRow.class, ApiKeyRow::keyId);
        } catch (IllegalArgumentException e) {
            keys.remove(keyId);
            throw e;
        }
    }

    /**
     * Takes a record of {@code tenants}. One that cannot be read leaves the tenant as it was.
     *
     * @throws IllegalArgumentException when it is not a tenant's
     */
    void takeTenant(String name, byte @Nullable [] value) {
        take(tenants, name, value, TenantRow.class, TenantRow::tenant);
    }

    private static <R> void take(
            Map<String, R> rows, String key, byte @Nullable [] value, Class<R> type, Function<R, String> keyOf) {
        if (value == null) {
            rows.remove(key);
            return;
        }
        R row = Wire.read(value, type);
        if (!key.equals(keyOf.apply(row))) {
            throw new IllegalArgumentException("key and value name different things");
        }
        rows.put(key, row);
    }
}
