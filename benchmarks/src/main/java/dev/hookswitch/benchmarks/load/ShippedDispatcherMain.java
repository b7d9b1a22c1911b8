package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import java.util.List;

/**
 * The dispatcher as it ships: its own main, with settings from the environment, management port and signals. All that is
 * added is that it does not outlive the benchmark.
 */
public final class ShippedDispatcherMain {
    private ShippedDispatcherMain() {}

    /** Its command line. */
    public static JvmCommand command() {
        return new JvmCommand(ShippedDispatcherMain.class, List.of(), Message.of("dispatcher"));
    }

    public static void main(String[] args) throws InterruptedException {
        ChildConsole unused = ChildConsole.open();
        dev.hookswitch.dispatcher.DispatcherMain.main(args);
    }
}
