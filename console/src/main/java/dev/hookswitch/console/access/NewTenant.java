package dev.hookswitch.console.access;

import dev.hookswitch.common.model.TenantRow;
import java.util.Objects;
import java.util.Optional;

/**
 * A tenant that somebody wants, unchecked.
 *
 * @param tenant its name, as in events
 * @param profile name of a vendor profile
 * @param workspace its workspace with the vendor
 * @param webhooks whether its plan has webhooks
 * @param limits what it may have and do
 */
public record NewTenant(
        String tenant,
        String profile,
        Optional<TenantRow.Workspace> workspace,
        boolean webhooks,
        TenantRow.Limits limits) {
    public NewTenant {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(limits, "limits");
    }
}
