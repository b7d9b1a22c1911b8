package dev.hookswitch.console.cli;

import dev.hookswitch.common.service.RoleProcess;
import dev.hookswitch.console.api.ConsoleRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the management API as a process of its own, configured by the environment. */
@Command(name = ServeCommand.NAME, description = "Serves the management API until SIGTERM.")
final class ServeCommand implements Callable<Integer> {
    static final String NAME = "serve";

    @Mixin
    final HelpOption help = new HelpOption();

    private final CommandContext context;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return RoleProcess.run(context.environment(), ConsoleRole::create);
    }
}
