package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.console.access.AccessRefused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said of a tenant, when it is made and later. */
final class TenantOptions {
    @Option(names = "--workspace-id", paramLabel = "ID", description = "Id of its workspace with the vendor.")
    @Nullable String workspaceId;

    @Option(names = "--workspace-name", paramLabel = "NAME", description = "Name of that workspace.")
    @Nullable String workspaceName;

    @Option(
            names = "--webhooks",
            negatable = true,
            description = "Whether its plan has webhooks; a new tenant's has, unless you say --no-webhooks.")
    @Nullable Boolean webhooks;

    @Option(names = "--max-webhooks", paramLabel = "N", description = "Endpoints that it may have.")
    @Nullable Integer maxWebhooks;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests to the management API that each of its keys may make.")
    @Nullable Integer requestsPerMinute;

    @Option(
            names = "--event-requests-per-second",
            paramLabel = "N",
            description = "Requests with events that each of its keys may make.")
    @Nullable Integer eventRequestsPerSecond;

    @Option(names = "--default-limits", description = "Takes all its limits back; the deployment's count again.")
    boolean defaultLimits;

    /** @throws AccessRefused when only one half of it was said */
    Optional<TenantRow.Workspace> workspace() {
        if (workspaceId == null && workspaceName == null) {
            return Optional.empty();
        }
        if (workspaceId == null || workspaceName == null) {
            throw new AccessRefused(
                    AccessRefused.Code.INVALID_WORKSPACE, "workspace", "workspace must have both id and name");
        }
        return Optional.of(new TenantRow.Workspace(workspaceId, workspaceName));
    }

    /**
     * The limits, where those that were not said are as before.
     *
     * @throws AccessRefused when no tenant may have them
     */
    TenantRow.Limits limits(TenantRow.Limits before) {
        TenantRow.Limits base = defaultLimits ? TenantRow.Limits.NONE : before;
        try {
            return new TenantRow.Limits(
                    maxWebhooks == null ? base.maxWebhooks() : maxWebhooks,
                    requestsPerMinute == null ? base.requestsPerMinute() : requestsPerMinute,
                    eventRequestsPerSecond == null ? base.eventRequestsPerSecond() : eventRequestsPerSecond);
        } catch (IllegalArgumentException e) {
            throw new AccessRefused(AccessRefused.Code.INVALID_LIMITS, "limits", String.valueOf(e.getMessage()));
        }
    }
}
