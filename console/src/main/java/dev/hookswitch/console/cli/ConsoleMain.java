package dev.hookswitch.console.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The console's command line as a program of its own. */
@Command(
        name = "hookswitch-console",
        description = "Manages endpoints, tenants, topics and keys of Hookswitch.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConsoleMain {
    @Mixin
    final HelpOption help = new HelpOption();

    private ConsoleMain() {}

    public static void main(String[] args) {
        CommandLogging.quiet();
        System.exit(commandLine(CommandContext.system()).execute(args));
    }

    static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new ConsoleMain())
                .addSubcommand(EndpointCommand.of(context))
                .addSubcommand(new TenantCommand(context))
                .addSubcommand(new KeyCommand(context))
                .addSubcommand(new TopicsCommand(context))
                .addSubcommand(new KeyRingCommand(context))
                .setOut(context.out())
                .setErr(context.err());
    }
}
