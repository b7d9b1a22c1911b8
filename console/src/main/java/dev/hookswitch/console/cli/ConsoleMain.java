package dev.hookswitch.console.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The console's command line as a program of its own. */
@Command(
        name = "hookswitch-console",
        description = "Manages endpoints, tenants, topics and keys of Hookswitch, by command or over HTTP.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConsoleMain {
    @Mixin
    final HelpOption help = new HelpOption();

    private ConsoleMain() {}

    public static void main(String[] args) {
        if (args.length == 0 || !args[0].equals(ServeCommand.NAME)) {
            CommandLogging.quiet();
        }
        System.exit(commandLine(CommandContext.system()).execute(args));
    }

    static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new ConsoleMain())
                .addSubcommand(EndpointCommand.of(context))
                .addSubcommand(new TenantCommand(context))
                .addSubcommand(new KeyCommand(context))
                .addSubcommand(new TopicsCommand(context))
                .addSubcommand(new KeyRingCommand(context))
                .addSubcommand(new ServeCommand(context))
                .setOut(context.out())
                .setErr(context.err());
    }
}
