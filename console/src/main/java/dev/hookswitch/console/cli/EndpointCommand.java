package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.endpoints.NewEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code endpoint add | list | show | disable | enable | limit | retries | remove | retry | recover | replay}. */
@Command(
        name = "endpoint",
        description = "Manages the endpoints that get webhooks.",
        synopsisSubcommandLabel = "COMMAND")
public final class EndpointCommand {
    @Mixin
    final HelpOption help = new HelpOption();

    private static final String FROM_STDIN = "-";

    private final CommandContext context;

    private EndpointCommand(CommandContext context) {
        this.context = context;
    }

    /** The command with all that is below it. */
    public static CommandLine of(CommandContext context) {
        return new CommandLine(new EndpointCommand(context))
                .addSubcommand(new RetryCommand(context))
                .addSubcommand(new RecoveryCommand.Recover(context))
                .addSubcommand(new RecoveryCommand.Replay(context));
    }

    @Command(name = "add", description = "Adds an endpoint and shows its secret once.")
    int add(
            @Mixin ConnectionOptions connection,
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "Who owns it.")
                    String tenant,
            @Option(
                            names = "--profile",
                            required = true,
                            paramLabel = "PROFILE",
                            description = "Vendor profile: ringyo, ring-tonic, standard or one of your own.")
                    String profile,
            @Option(names = "--url", required = true, paramLabel = "URL", description = "Where to POST.") String url,
            @Option(
                            names = "--events",
                            required = true,
                            split = ",",
                            paramLabel = "TYPE[,TYPE...]",
                            hideParamSyntax = true,
                            description = "Event types, separated by commas, or '*' for every one.")
                    List<String> events,
            @Option(names = "--name", defaultValue = "", paramLabel = "NAME", description = "A name for people.")
                    String name,
            @Option(
                            names = "--secret",
                            paramLabel = "SECRET",
                            description =
                                    "Your own whsec_... secret, or - to read it from standard input; default: a new"
                                            + " one. Other users of this machine may see what stands on a command line.")
                    @Nullable String secret,
            @Option(
                            names = "--max-per-second",
                            paramLabel = "N",
                            description = "Deliveries per second that it gets at the most; default: the deployment's.")
                    @Nullable BigDecimal maxPerSecond,
            @Option(
                            names = "--retry-delays",
                            split = ",",
                            paramLabel = "DELAY[,DELAY...]",
                            hideParamSyntax = true,
                            description = "Delays before its retries, such as 1s,5s,1h; default: its profile's.")
                    @Nullable List<String> retryDelays,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return ExitStatus.of(context, connection, settings -> {
            NewEndpoint wanted = new NewEndpoint(
                    tenant,
                    profile,
                    name,
                    url,
                    Set.copyOf(events),
                    secret(secret),
                    perSecond(maxPerSecond),
                    Optional.ofNullable(retryDelays),
                    Map.of());
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                CreatedEndpoint created = admin.create(wanted, by());
                context.out().println(json ? EndpointText.createdJson(created) : EndpointText.created(created));
                return ExitStatus.OK;
            }
        });
    }

    @Command(name = "list", description = "Lists endpoints.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.") @Nullable String tenant,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return ExitStatus.of(context, connection, settings -> {
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                List<EndpointView> endpoints = admin.list(Optional.ofNullable(tenant));
                context.out().println(json ? EndpointText.json(endpoints) : EndpointText.table(endpoints));
                return ExitStatus.OK;
            }
        });
    }

    @Command(name = "show", description = "Shows one endpoint.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        return with(
                connection,
                webhookId,
                (admin, endpoint) -> json ? EndpointText.json(endpoint) : EndpointText.details(endpoint));
    }

    @Command(name = "disable", description = "Switches an endpoint off.")
    int disable(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId) {
        return with(
                connection, webhookId, (admin, endpoint) -> EndpointText.changed(admin.disable(endpoint.id(), by())));
    }

    @Command(
            name = "enable",
            description = "Switches an endpoint on again, also one that was disabled because it kept failing.")
    int enable(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId) {
        return with(
                connection, webhookId, (admin, endpoint) -> EndpointText.changed(admin.enable(endpoint.id(), by())));
    }

    @Command(name = "limit", description = "Limits how many deliveries per second an endpoint gets.")
    int limit(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId,
            @Option(
                            names = "--max-per-second",
                            paramLabel = "N",
                            description = "From 0.01 to 100000; left out: the deployment's default.")
                    @Nullable BigDecimal maxPerSecond) {
        return with(
                connection,
                webhookId,
                (admin, endpoint) -> EndpointText.limited(admin.limit(endpoint.id(), perSecond(maxPerSecond), by())));
    }

    /** One of the two. */
    static final class Retries {
        @Option(
                names = "--delays",
                required = true,
                split = ",",
                paramLabel = "DELAY[,DELAY...]",
                hideParamSyntax = true,
                description = "The delay before each retry, such as 1s,5s,1h: ascending tiers of the deployment.")
        @Nullable List<String> delays;

        @Option(names = "--default", required = true, description = "Those of its profile.")
        boolean profiles;
    }

    @Command(name = "retries", description = "Sets when failed deliveries to an endpoint are tried again.")
    int retries(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId,
            @ArgGroup(multiplicity = "1") Retries retries) {
        return with(
                connection,
                webhookId,
                (admin, endpoint) ->
                        EndpointText.retried(admin.retries(endpoint.id(), Optional.ofNullable(retries.delays), by())));
    }

    @Command(name = "remove", description = "Deletes an endpoint.")
    int remove(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.") String webhookId) {
        return with(connection, webhookId, (admin, endpoint) -> {
            admin.remove(endpoint.id(), by());
            return webhookId + " is removed";
        });
    }

    /**
     * Finds the endpoint, whoever its tenant is.
     *
     * @throws InvalidEndpoint when there is none
     */
    static EndpointView find(EndpointAdmin admin, String webhookId) {
        return admin.list(Optional.empty()).stream()
                .filter(candidate -> candidate.id().webhookId().equals(webhookId))
                .findFirst()
                .orElseThrow(() -> InvalidEndpoint.notFound(webhookId));
    }

    /** Finds the endpoint, whoever its tenant is, and prints what becomes of it. */
    private int with(
            ConnectionOptions connection, String webhookId, BiFunction<EndpointAdmin, EndpointView, String> action) {
        return ExitStatus.of(context, connection, settings -> {
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                context.out().println(action.apply(admin, find(admin, webhookId)));
                return ExitStatus.OK;
            }
        });
    }

    private Asked by() {
        return Asked.by(context.operator());
    }

    private static OptionalDouble perSecond(@Nullable BigDecimal option) {
        return option == null ? OptionalDouble.empty() : OptionalDouble.of(option.doubleValue());
    }

    private Optional<String> secret(@Nullable String option) throws IOException {
        if (!FROM_STDIN.equals(option)) {
            return Optional.ofNullable(option);
        }
        String line = new BufferedReader(new InputStreamReader(context.in(), UTF_8)).readLine();
        return Optional.of(line == null ? "" : line.trim());
    }
}
