package dev.hookswitch.common.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.TenantRow;
import java.util.List;
import java.util.Optional;

/** Tenants and keys as they are known now. Safe for many threads. */
public interface AccessView {
    Optional<ApiKeyRow> key(String keyId);

    Optional<TenantRow> tenant(String name);

    /** Every key, the revoked and expired ones too; in no order. */
    List<ApiKeyRow> keys();

    /** Every tenant; in no order. */
    List<TenantRow> tenants();
}
