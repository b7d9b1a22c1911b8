package dev.hookswitch.console.access;

import dev.hookswitch.common.model.TenantRow;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What somebody wants to be otherwise about a tenant, unchecked; what is empty stays as it is.
 *
 * @param profile name of a vendor profile
 * @param workspace its workspace with the vendor
 * @param webhooks whether its plan has webhooks
 * @param limits makes the new limits of those that it has; may refuse
 */
public record TenantChange(
        Optional<String> profile,
        Optional<TenantRow.Workspace> workspace,
        Optional<Boolean> webhooks,
        UnaryOperator<TenantRow.Limits> limits) {
    public TenantChange {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(webhooks, "webhooks");
        Objects.requireNonNull(limits, "limits");
    }
}
