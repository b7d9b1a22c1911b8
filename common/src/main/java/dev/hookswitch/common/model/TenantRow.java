package dev.hookswitch.common.model;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic of tenants holds: whom API keys speak for, and what its plan allows. Written by the console
 * alone.
 *
 * @param tenant its name, as in events
 * @param profile the vendor profile that its endpoints have unless they say otherwise
 * @param workspace its workspace with the vendor; null when it has none
 * @param webhooks whether its plan has webhooks
 * @param limits what it may have and do
 * @param revision rises at each change of the record, from 1 without gaps
 * @param createdAtMs epoch milliseconds
 * @param updatedAtMs epoch milliseconds
 */
public record TenantRow(
        String tenant,
        String profile,
        @Nullable Workspace workspace,
        boolean webhooks,
        Limits limits,
        long revision,
        long createdAtMs,
        long updatedAtMs) {
    /** What a tenant may be called, in events and everywhere else. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** A workspace with the vendor, as bodies show it. */
    public record Workspace(String id, String name) {
        public Workspace {
            Objects.requireNonNull(id, "workspace.id");
            Objects.requireNonNull(name, "workspace.name");
        }
    }

    /**
     * What a tenant may have and do; null where the deployment's default counts.
     *
     * @param maxWebhooks endpoints that it may have
     * @param requestsPerMinute requests to the management API that each of its keys may make of one process
     * @param eventRequestsPerSecond requests with events that each of its keys may make of one ingest process
     */
    public record Limits(
            @Nullable Integer maxWebhooks,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer eventRequestsPerSecond) {
        /** The deployment's defaults. */
        public static final Limits NONE = new Limits(null, null, null);

        /** @throws IllegalArgumentException naming the field and the rule */
        public Limits {
            check("max_webhooks", maxWebhooks, 0);
            check("requests_per_minute", requestsPerMinute, 1);
            check("event_requests_per_second", eventRequestsPerSecond, 1);
        }

        private static void check(String field, @Nullable Integer value, int least) {
            if (value != null && (value < least || value > 1_000_000)) {
                throw new IllegalArgumentException(
                        field + " must be a whole number from " + least + " to 1000000, was: " + value);
            }
        }
    }

    public TenantRow {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(limits, "limits");
    }

    /** Whether a tenant may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
