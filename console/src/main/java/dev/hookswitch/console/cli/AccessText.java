package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.access.CreatedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tenants and keys as the command line prints them; a key in the clear only when it was made. */
final class AccessText {
    private static final String SAVE_IT = "Save this API key securely. It won't be shown again.";

    private AccessText() {}

    /** A tenant as it is kept, with its times as text. */
    private record TenantJson(
            String tenant,
            String profile,
            TenantRow.@Nullable Workspace workspace,
            boolean webhooks,
            TenantRow.Limits limits,
            long revision,
            String createdAt,
            String updatedAt) {
        static TenantJson of(TenantRow row) {
            return new TenantJson(
                    row.tenant(),
                    row.profile(),
                    row.workspace(),
                    row.webhooks(),
                    row.limits(),
                    row.revision(),
                    time(row.createdAtMs()),
                    time(row.updatedAtMs()));
        }
    }

    /** A key without what proves it, and with it in the clear when it was made. */
    private record KeyJson(
            String keyId,
            @Nullable String key,
            String tenant,
            String name,
            List<String> scopes,
            String status,
            String createdAt,
            @Nullable String expiresAt,
            @Nullable String revokedAt,
            @Nullable String message) {
        static KeyJson of(ApiKeyRow row, Instant now) {
            return of(row, now, null, null);
        }

        static KeyJson of(ApiKeyRow row, Instant now, @Nullable String key, @Nullable String message) {
            Long expires = row.expiresAtMs();
            Long revoked = row.revokedAtMs();
            return new KeyJson(
                    row.keyId(),
                    key,
                    row.tenant(),
                    row.name(),
                    row.scopes().stream().map(Scope::wireName).sorted().toList(),
                    state(row, now),
                    time(row.createdAtMs()),
                    expires == null ? null : time(expires),
                    revoked == null ? null : time(revoked),
                    message);
        }
    }

    static String json(TenantRow tenant) {
        return written(TenantJson.of(tenant));
    }

    static String tenantsJson(List<TenantRow> tenants) {
        return written(tenants.stream().map(TenantJson::of).toList());
    }

    static String details(TenantRow tenant) {
        TenantRow.Workspace workspace = tenant.workspace();
        TenantRow.Limits limits = tenant.limits();
        return Columns.aligned(List.of(
                List.of("tenant", tenant.tenant()),
                List.of("profile", tenant.profile()),
                List.of("workspace", workspace == null ? "-" : workspace.id() + " " + workspace.name()),
                List.of("webhooks", tenant.webhooks() ? "in its plan" : "not in its plan"),
                List.of("max webhooks", limit(limits.maxWebhooks())),
                List.of("requests per minute", limit(limits.requestsPerMinute())),
                List.of("event requests per second", limit(limits.eventRequestsPerSecond())),
                List.of("revision", Long.toString(tenant.revision())),
                List.of("created", time(tenant.createdAtMs())),
                List.of("updated", time(tenant.updatedAtMs()))));
    }

    static String tenants(List<TenantRow> tenants) {
        if (tenants.isEmpty()) {
            return "no tenants";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TENANT", "PROFILE", "WEBHOOKS", "CREATED"));
        for (TenantRow tenant : tenants) {
            rows.add(List.of(
                    tenant.tenant(), tenant.profile(), tenant.webhooks() ? "yes" : "no", time(tenant.createdAtMs())));
        }
        return Columns.aligned(rows);
    }

    static String created(CreatedKey created) {
        ApiKeyRow row = created.row();
        return String.join(
                System.lineSeparator(),
                row.keyId() + " is made for " + forWhom(row) + " with " + scopes(row) + until(row),
                "API key: " + created.key().reveal(),
                SAVE_IT);
    }

    static String createdJson(CreatedKey created, Instant now) {
        return written(KeyJson.of(created.row(), now, created.key().reveal(), SAVE_IT));
    }

    static String keysJson(List<ApiKeyRow> keys, Instant now) {
        return written(keys.stream().map(key -> KeyJson.of(key, now)).toList());
    }

    static String keys(List<ApiKeyRow> keys, Instant now) {
        if (keys.isEmpty()) {
            return "no keys";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KEY_ID", "TENANT", "STATUS", "SCOPES", "CREATED", "NAME"));
        for (ApiKeyRow key : keys) {
            rows.add(List.of(
                    key.keyId(),
                    key.tenant(),
                    state(key, now),
                    scopes(key),
                    time(key.createdAtMs()),
                    key.name().isEmpty() ? "-" : key.name()));
        }
        return Columns.aligned(rows);
    }

    private static String state(ApiKeyRow key, Instant now) {
        if (key.revokedAtMs() != null) {
            return "revoked";
        }
        return key.expiresAtMs() != null && key.expiresAtMs() <= now.toEpochMilli() ? "expired" : "active";
    }

    private static String forWhom(ApiKeyRow key) {
        return key.tenant().equals(ApiKeyRow.EVERY_TENANT) ? "every tenant" : "tenant " + key.tenant();
    }

    private static String until(ApiKeyRow key) {
        return key.expiresAtMs() == null ? "" : " until " + time(key.expiresAtMs());
    }

    private static String scopes(ApiKeyRow key) {
        return String.join(
                ",", key.scopes().stream().map(Scope::wireName).sorted().toList());
    }

    private static String limit(@Nullable Integer limit) {
        return limit == null ? "the deployment's" : limit.toString();
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static String written(Object row) {
        return new String(Wire.write(row), UTF_8);
    }
}
