package dev.hookswitch.common.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tenants acme, beta and none, which has no webhooks in its plan; keys are added by tests. */
final class KnownKeys {
    static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");

    final AccessTable table = new AccessTable();

    KnownKeys() {
        tenant("acme", true);
        tenant("beta", true);
        tenant("none", false);
    }

    private void tenant(String name, boolean webhooks) {
        TenantRow row = new TenantRow(name, "ringyo", null, webhooks, TenantRow.Limits.NONE, 1, 0, 0);
        table.takeTenant(name, Wire.write(row));
    }

    ApiKey add(String tenant, Scope... scopes) {
        return add(tenant, row -> row, scopes);
    }

    ApiKey add(String tenant, UnaryOperator<ApiKeyRow> change, Scope... scopes) {
        ApiKey key = ApiKey.generate(new SecureRandom());
        ApiKeyRow row =
                new ApiKeyRow(key.id(), tenant, "", Set.of(scopes), key.mac(tenant), 1, NOW.toEpochMilli(), null, null);
        table.takeKey(key.id(), Wire.write(change.apply(row)));
        return key;
    }

    static String header(ApiKey key) {
        return "Bearer " + key.reveal();
    }

    static UnaryOperator<ApiKeyRow> expiring(Instant at) {
        return row -> new ApiKeyRow(
                row.keyId(),
                row.tenant(),
                row.name(),
                row.scopes(),
                row.mac(),
                row.revision(),
                row.createdAtMs(),
                at.toEpochMilli(),
                row.revokedAtMs());
    }
}
