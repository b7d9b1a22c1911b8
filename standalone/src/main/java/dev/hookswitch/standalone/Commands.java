package dev.hookswitch.standalone;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands have in common. */
final class Commands {
    private static final String KEY_RING = "secrets.key-ring";
    private static final String CONFIG_OPTION = "--config";

    private Commands() {}

    /** The operator's properties file: the one of the command line, else the one of the environment. */
    static @Nullable Path configFile(@Nullable Path option, Map<String, String> environment) {
        String named = environment.get("HOOKSWITCH_CONFIG");
        return option != null || named == null ? option : Path.of(named);
    }

    /**
     * The environment in which endpoint commands work beside a standalone process without further ado: when no key ring
     * is configured, the one in the data folder counts.
     */
    static Map<String, String> besideStandalone(Map<String, String> environment, String... arguments) {
        Settings settings;
        try {
            settings = Settings.load(configFile(optionIn(arguments), environment), environment, Map.of());
        } catch (SettingsException e) {
            // The command reads the same settings and reports this.
            return environment;
        }
        SettingsReader reader = settings.reader();
        if (reader.optionalText(KEY_RING).isPresent()) {
            return environment;
        }
        Map<String, String> completed = new HashMap<>(environment);
        Path data = Path.of(reader.text("standalone.data-folder"));
        completed.put(Settings.environmentName(KEY_RING), Site.keyRing(data).toString());
        return completed;
    }

    private static @Nullable Path optionIn(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(CONFIG_OPTION) && i + 1 < arguments.length) {
                return Path.of(arguments[i + 1]);
            }
            if (arguments[i].startsWith(CONFIG_OPTION + "=")) {
                return Path.of(arguments[i].substring(CONFIG_OPTION.length() + 1));
            }
        }
        return null;
    }
}
