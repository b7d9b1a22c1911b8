package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.AccessRefused;
import dev.hookswitch.console.access.AccessRefused.Code;
import dev.hookswitch.console.access.CreatedKey;
import dev.hookswitch.console.access.NewKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key create | list | revoke}. */
@Command(
        name = "key",
        description = "Manages API keys, which services and tenants show to Hookswitch.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeyCommand {
    private static final String FROM_STDIN = "-";

    @Mixin
    final HelpOption help = new HelpOption();

    private final CommandContext context;

    public KeyCommand(CommandContext context) {
        this.context = context;
    }

    /** One of the two. */
    static final class ForWhom {
        @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "Whom it speaks for.")
        @Nullable String tenant;

        @Option(
                names = "--every-tenant",
                required = true,
                description = "It publishes events of every tenant; its scope must be events:write alone.")
        boolean every;

        String name() {
            return tenant == null ? ApiKeyRow.EVERY_TENANT : tenant;
        }
    }

    @Command(name = "create", description = "Makes an API key and shows it once.")
    int create(
            @Mixin ConnectionOptions connection,
            @ArgGroup(multiplicity = "1") ForWhom forWhom,
            @Option(
                            names = "--scopes",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPE[,SCOPE...]",
                            hideParamSyntax = true,
                            description = "What it may do: webhooks:read, webhooks:manage, events:write.")
                    List<String> scopes,
            @Option(names = "--name", defaultValue = "", paramLabel = "NAME", description = "A name for people.")
                    String name,
            @Option(
                            names = "--expires-in",
                            paramLabel = "TIME",
                            description = "How long it is taken, for instance 90d; default: until it is revoked.")
                    @Nullable String expiresIn,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return ExitStatus.of(context, connection, settings -> {
            NewKey wanted = new NewKey(forWhom.name(), name, scopes(scopes), expiry(expiresIn));
            try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
                CreatedKey created = admin.createKey(wanted, context.operator());
                context.out()
                        .println(
                                json
                                        ? AccessText.createdJson(
                                                created, context.clock().instant())
                                        : AccessText.created(created));
                return ExitStatus.OK;
            }
        });
    }

    @Command(name = "list", description = "Lists API keys, the revoked and expired ones too.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.") @Nullable String tenant,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return ExitStatus.of(context, connection, settings -> {
            try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
                List<ApiKeyRow> keys = admin.keys(Optional.ofNullable(tenant));
                Instant now = context.clock().instant();
                context.out().println(json ? AccessText.keysJson(keys, now) : AccessText.keys(keys, now));
                return ExitStatus.OK;
            }
        });
    }

    @Command(name = "revoke", description = "Revokes an API key, for ever.")
    int revoke(
            @Mixin ConnectionOptions connection,
            @Parameters(
                            paramLabel = "KEY_ID",
                            description = "Id of the key, or - to read the key itself from standard input.")
                    String keyId) {
        return ExitStatus.of(context, connection, settings -> {
            String id = FROM_STDIN.equals(keyId) ? idFromStdin() : keyId;
            try (AccessAdmin admin = AccessAdmin.open(settings, context.clock(), context.random())) {
                ApiKeyRow revoked = admin.revokeKey(id, context.operator());
                context.out().println(revoked.keyId() + " of " + revoked.tenant() + " is revoked");
                return ExitStatus.OK;
            }
        });
    }

    private String idFromStdin() throws IOException {
        String line = new BufferedReader(new InputStreamReader(context.in(), UTF_8)).readLine();
        return ApiKey.parse(line == null ? "" : line.trim())
                .map(ApiKey::id)
                .orElseThrow(() -> new AccessRefused(
                        Code.KEY_NOT_FOUND, "key", "what came on standard input is not an API key, or not all of it"));
    }

    private static Set<Scope> scopes(List<String> names) {
        return names.stream()
                .map(name -> Scope.named(name)
                        .orElseThrow(() -> new AccessRefused(
                                Code.INVALID_SCOPES,
                                "scopes",
                                "scopes must be of webhooks:read, webhooks:manage, events:write")))
                .collect(Collectors.toSet());
    }

    private Optional<Instant> expiry(@Nullable String expiresIn) {
        if (expiresIn == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(context.clock().instant().plus(HumanDuration.parse(expiresIn)));
        } catch (IllegalArgumentException e) {
            throw new AccessRefused(Code.INVALID_EXPIRY, "expires_in", "expires_in " + e.getMessage());
        }
    }
}
