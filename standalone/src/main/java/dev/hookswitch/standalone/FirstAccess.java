package dev.hookswitch.standalone;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.NewKey;
import dev.hookswitch.console.access.NewTenant;
import dev.hookswitch.console.cli.CommandContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The tenant and the API key that the first start makes, so that a first request needs no other command. */
final class FirstAccess {
    private static final Actor STANDALONE = new Actor("standalone", null);
    private static final String PROFILE = "ringyo";

    private FirstAccess() {}

    /**
     * Makes both, unless there is a key already or somebody else's tenants are. Of a start that was stopped in between, what
     * is missing is made. The key is shown before it is made, so that there is never one that nobody was shown: of a start
     * that is stopped between the two, the key is not taken, and the next start makes another.
     *
     * @param name the tenant's
     * @param show is given the key, once
     * @return whether a key was made
     */
    static boolean make(Settings settings, String name, CommandContext context, Consumer<ApiKey> show) {
        try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
            List<TenantRow> tenants = admin.tenants();
            boolean made = tenants.stream().anyMatch(tenant -> tenant.tenant().equals(name));
            if (!admin.keys(Optional.empty()).isEmpty() || (!made && !tenants.isEmpty())) {
                return false;
            }
            if (!made) {
                admin.createTenant(
                        new NewTenant(name, PROFILE, Optional.empty(), true, TenantRow.Limits.NONE), STANDALONE);
            }
            ApiKey key = ApiKey.generate(context.random());
            show.accept(key);
            admin.createKey(
                    new NewKey(
                            name, "first start", Set.of(Scope.WEBHOOKS_MANAGE, Scope.EVENTS_WRITE), Optional.empty()),
                    key,
                    STANDALONE);
            return true;
        }
    }
}
