package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings come from. */
final class ConnectionOptions {
    private static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    private static final String API_TIMEOUT = "default.api.timeout.ms";
    private static final String REQUEST_TIMEOUT = "request.timeout.ms";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the settings; default: $HOOKSWITCH_CONFIG.")
    @Nullable Path config;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is; the same as --set kafka.bootstrap.servers=HOST:PORT.")
    @Nullable String bootstrapServer;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one setting over file and environment. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    /**
     * The settings in force, with time limits of the Kafka clients that suit a person who waits.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every problem
     */
    Settings settings(Map<String, String> environment) {
        Map<String, String> said = new LinkedHashMap<>(overrides);
        if (bootstrapServer != null) {
            said.put(BOOTSTRAP_SERVERS, bootstrapServer);
        }
        Settings settings = Settings.load(file(environment), environment, said);
        Map<String, String> kafka = settings.kafka();
        // The clients refuse one that does not fit the other: the operator's choice stands alone.
        return kafka.containsKey(API_TIMEOUT) || kafka.containsKey(REQUEST_TIMEOUT)
                ? settings
                : settings.with(Map.of("kafka." + API_TIMEOUT, "10000", "kafka." + REQUEST_TIMEOUT, "5000"));
    }

    private @Nullable Path file(Map<String, String> environment) {
        String named = environment.get("HOOKSWITCH_CONFIG");
        return config != null || named == null ? config : Path.of(named);
    }
}
