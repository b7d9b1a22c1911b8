package dev.hookswitch.console.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an audit row says of a tenant or a key: how it is after the change, without what proves the key. */
final class Details {
    private Details() {}

    static Map<String, String> of(TenantRow row) {
        Map<String, String> details = new TreeMap<>();
        details.put("profile", row.profile());
        TenantRow.Workspace workspace = row.workspace();
        if (workspace != null) {
            details.put("workspace.id", workspace.id());
            details.put("workspace.name", workspace.name());
        }
        details.put("webhooks", Boolean.toString(row.webhooks()));
        put(details, "limits.max_webhooks", row.limits().maxWebhooks());
        put(details, "limits.requests_per_minute", row.limits().requestsPerMinute());
        put(details, "limits.event_requests_per_second", row.limits().eventRequestsPerSecond());
        return details;
    }

    static Map<String, String> of(ApiKeyRow row) {
        Map<String, String> details = new TreeMap<>();
        details.put("name", row.name());
        details.put(
                "scopes", row.scopes().stream().map(Scope::wireName).sorted().collect(Collectors.joining(",")));
        putTime(details, "expires_at", row.expiresAtMs());
        putTime(details, "revoked_at", row.revokedAtMs());
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    private static void putTime(Map<String, String> details, String name, @Nullable Long epochMillis) {
        put(details, name, epochMillis == null ? null : Instant.ofEpochMilli(epochMillis));
    }
}
