package dev.hookswitch.standalone;

import dev.hookswitch.common.service.RoleProcess;
import dev.hookswitch.console.cli.CommandContext;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hookswitch role NAME}. */
@Command(
        name = "role",
        description =
                "Runs one role against an external Kafka, with settings from $HOOKSWITCH_CONFIG and the environment.")
final class RoleCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Parameters(paramLabel = "NAME", description = "console, ingest, fanout, dispatcher or retry-scheduler.")
    String name = "";

    @Spec
    CommandSpec spec = CommandSpec.create();

    private final CommandContext context;

    RoleCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, RoleProcess.Factory> factories = Roles.factories();
        RoleProcess.Factory factory = factories.get(name);
        if (factory == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "NAME must be one of " + String.join(", ", factories.keySet()) + ", was: " + name);
        }
        return RoleProcess.run(context.environment(), factory);
    }
}
