package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.AccessRefused;
import dev.hookswitch.console.access.NewTenant;
import dev.hookswitch.console.access.TenantChange;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tenant create | list | show | update}. */
@Command(
        name = "tenant",
        description = "Manages tenants: whom API keys speak for.",
        synopsisSubcommandLabel = "COMMAND")
public final class TenantCommand {
    @Mixin
    final HelpOption help = new HelpOption();

    private final CommandContext context;

    public TenantCommand(CommandContext context) {
        this.context = context;
    }

    @Command(name = "create", description = "Makes a tenant.")
    int create(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "TENANT", description = "Its name, as in events.") String tenant,
            @Option(
                            names = "--profile",
                            required = true,
                            paramLabel = "PROFILE",
                            description = "Vendor profile: ringyo, ring-tonic, standard or one of your own.")
                    String profile,
            @Mixin TenantOptions options,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return with(
                connection,
                json,
                admin -> admin.createTenant(
                        new NewTenant(
                                tenant,
                                profile,
                                options.workspace(),
                                options.webhooks == null || options.webhooks,
                                options.limits(TenantRow.Limits.NONE)),
                        context.operator()));
    }

    @Command(name = "update", description = "Changes a tenant; what you do not name stays as it is.")
    int update(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "TENANT", description = "Its name.") String tenant,
            @Option(names = "--profile", paramLabel = "PROFILE", description = "Another vendor profile.") @Nullable String profile,
            @Mixin TenantOptions options,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return with(
                connection,
                json,
                admin -> admin.updateTenant(
                        tenant,
                        new TenantChange(
                                Optional.ofNullable(profile),
                                options.workspace(),
                                Optional.ofNullable(options.webhooks),
                                options::limits),
                        context.operator()));
    }

    @Command(name = "show", description = "Shows one tenant.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "TENANT", description = "Its name.") String tenant,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return with(connection, json, admin -> existing(admin, tenant));
    }

    @Command(name = "list", description = "Lists tenants.")
    int list(
            @Mixin ConnectionOptions connection, @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return ExitStatus.of(context, connection, settings -> {
            try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
                context.out()
                        .println(json ? AccessText.tenantsJson(admin.tenants()) : AccessText.tenants(admin.tenants()));
                return ExitStatus.OK;
            }
        });
    }

    private static TenantRow existing(AccessAdmin admin, String tenant) {
        return admin.tenant(tenant)
                .orElseThrow(() -> new AccessRefused(
                        AccessRefused.Code.TENANT_NOT_FOUND, "tenant", "tenant names none that was made"));
    }

    private int with(ConnectionOptions connection, boolean json, Function<AccessAdmin, TenantRow> action) {
        return ExitStatus.of(context, connection, settings -> {
            try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
                TenantRow tenant = action.apply(admin);
                context.out().println(json ? AccessText.json(tenant) : AccessText.details(tenant));
                return ExitStatus.OK;
            }
        });
    }
}
