package dev.hookswitch.benchmarks;

import dev.hookswitch.benchmarks.api.ApiCommand;
import dev.hookswitch.benchmarks.crash.CrashCommand;
import dev.hookswitch.benchmarks.dispatcher.DispatcherCommand;
import dev.hookswitch.benchmarks.isolation.IsolationCommand;
import dev.hookswitch.benchmarks.retries.RetriesCommand;
import dev.hookswitch.benchmarks.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks: {@code bench NAME}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Long measurements that are kept as reports.",
        subcommands = {
            ApiCommand.class,
            CrashCommand.class,
            DispatcherCommand.class,
            IsolationCommand.class,
            RetriesCommand.class,
            SoakCommand.class
        })
public final class Bench {
    private Bench() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench());
    }
}
