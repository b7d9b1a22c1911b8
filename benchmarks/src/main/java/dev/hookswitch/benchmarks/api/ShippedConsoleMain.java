package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.console.cli.ConsoleMain;
import java.util.List;

/** The console as it ships, but that it does not outlive the benchmark. */
final class ShippedConsoleMain {
    private ShippedConsoleMain() {}

    /** Its command line. */
    static JvmCommand command() {
        return new JvmCommand(ShippedConsoleMain.class, List.of(), Message.of("console"));
    }

    public static void main(String[] args) {
        ChildConsole unused = ChildConsole.open();
        ConsoleMain.main(new String[] {"serve"});
    }
}
