package dev.hookswitch.console.cli;

/** How a command logs when a person waits for it. */
public final class CommandLogging {
    private static final String CONFIGURATION = "log4j2.configurationFile";

    private CommandLogging() {}

    /** Keeps the Kafka clients quiet, unless the operator chose a configuration. To be called before the first logger. */
    public static void quiet() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "classpath:dev/hookswitch/console/cli/log4j2-command.xml");
        }
    }
}
