package dev.hookswitch.standalone;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands have in common. */
final class Commands {
    private static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    private static final String KEY_RING = "secrets.key-ring";
    private static final String DATA_FOLDER = "standalone.data-folder";
    private static final String CONFIG_OPTION = "--config";
    private static final String SET_OPTION = "--set";

    private Commands() {}

    /** The operator's properties file: the one of the command line, else the one of the environment. */
    static @Nullable Path configFile(@Nullable Path option, Map<String, String> environment) {
        String named = environment.get("HOOKSWITCH_CONFIG");
        return option != null || named == null ? option : Path.of(named);
    }

    /**
     * The environment in which endpoint commands work beside a standalone process without further ado: when no key ring
     * is configured, the one in the data folder counts, and when no brokers are, the one that it embeds.
     */
    static Map<String, String> besideStandalone(Map<String, String> environment, String... arguments) {
        Settings settings;
        try {
            List<String> config = valuesOf(CONFIG_OPTION, arguments);
            Path option = config.isEmpty() ? null : Path.of(config.get(0));
            settings = Settings.load(configFile(option, environment), environment, overrides(arguments));
        } catch (SettingsException e) {
            // The command reads the same settings and reports this.
            return environment;
        }
        SettingsReader reader = settings.reader();
        Map<String, String> completed = new HashMap<>(environment);
        if (reader.optionalText(KEY_RING).isEmpty()) {
            Path data = Path.of(reader.text(DATA_FOLDER));
            completed.put(Settings.environmentName(KEY_RING), Site.keyRing(data).toString());
        }
        if (reader.text(BOOTSTRAP_SERVERS).equals(Settings.defaults().get(BOOTSTRAP_SERVERS))) {
            completed.put(
                    Settings.environmentName(BOOTSTRAP_SERVERS), "127.0.0.1:" + reader.text("standalone.kafka-port"));
        }
        return completed;
    }

    /** Of what the command line sets, the settings that count here; the command checks them all. */
    private static Map<String, String> overrides(String... arguments) {
        Map<String, String> overrides = new HashMap<>();
        for (String setting : valuesOf(SET_OPTION, arguments)) {
            for (String key : List.of(KEY_RING, DATA_FOLDER)) {
                if (setting.startsWith(key + "=")) {
                    overrides.put(key, setting.substring(key.length() + 1));
                }
            }
        }
        return overrides;
    }

    private static List<String> valuesOf(String option, String... arguments) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(option) && i + 1 < arguments.length) {
                values.add(arguments[i + 1]);
            } else if (arguments[i].startsWith(option + "=")) {
                values.add(arguments[i].substring(option.length() + 1));
            }
        }
        return values;
    }
}
