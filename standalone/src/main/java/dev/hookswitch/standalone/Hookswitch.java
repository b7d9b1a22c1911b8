package dev.hookswitch.standalone;

import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.console.cli.CommandContext;
import dev.hookswitch.console.cli.EndpointCommand;
import dev.hookswitch.console.cli.KeyCommand;
import dev.hookswitch.console.cli.KeyRingCommand;
import dev.hookswitch.console.cli.TenantCommand;
import dev.hookswitch.console.cli.TopicsCommand;
import dev.hookswitch.standalone.demo.DemoCommand;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code hookswitch}. */
@Command(
        name = "hookswitch",
        description = "Puts domain events from Kafka through to webhook endpoints: signed, retried, recorded.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "endpoint, tenant, key and topics work on localhost:9092 unless kafka.bootstrap.servers says otherwise. When no key ring"
                    + " is configured, they use the one in the standalone data folder: .hookswitch/key-ring.json.",
            "",
            "Exit status: 0 done, 1 failed, 2 wrong options or settings."
        })
public final class Hookswitch {
    private static final Set<String> PROCESSES = Set.of("demo", "standalone", "role");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    private Hookswitch() {}

    public static void main(String[] args) {
        if (args.length > 0 && !PROCESSES.contains(args[0])) {
            // A command that ends at once has its result on the screen, not its log.
            System.setProperty("hookswitch.log.level", "ERROR");
        }
        System.exit(commandLine(CommandContext.system(), args).execute(args));
    }

    private static CommandLine commandLine(CommandContext process, String... args) {
        CommandContext beside = new CommandContext(
                Commands.besideStandalone(process.environment(), args),
                process.in(),
                process.out(),
                process.err(),
                process.clock(),
                process.random());
        return new CommandLine(new Hookswitch())
                .addSubcommand(new DemoCommand(process))
                .addSubcommand(new StandaloneCommand(process))
                .addSubcommand(new RoleCommand(process))
                .addSubcommand(EndpointCommand.of(beside))
                .addSubcommand(new TenantCommand(beside))
                .addSubcommand(new KeyCommand(beside))
                .addSubcommand(new TopicsCommand(beside))
                .addSubcommand(new KeyRingCommand(beside))
                .setOut(process.out())
                .setErr(process.err())
                .setExecutionExceptionHandler((e, command, parsed) -> failed(process, e));
    }

    private static int failed(CommandContext process, Exception e) {
        process.err().println(e.getMessage() == null ? e.toString() : e.getMessage());
        return e instanceof SettingsException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}
