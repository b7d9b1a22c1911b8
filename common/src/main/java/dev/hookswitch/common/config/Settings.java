package dev.hookswitch.common.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a process, as text. Later sources win: the defaults file, the operator's file, the environment, then
 * what the command line says. A key {@code dispatcher.max-in-flight} is {@code HOOKSWITCH_DISPATCHER_MAX_IN_FLIGHT} in
 * the environment. Keys that begin with {@code kafka.} go to the Kafka clients as they are.
 */
public final class Settings {
    /** In front of every environment variable that is a setting. */
    public static final String ENVIRONMENT_PREFIX = "HOOKSWITCH_";

    static final String KAFKA_PREFIX = "kafka.";
    private static final String DEFAULTS = "hookswitch-defaults.properties";
    /** Variables of ours that are read before there are settings. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("HOOKSWITCH_CONFIG", "HOOKSWITCH_JAVA_OPTS", "HOOKSWITCH_HOME", "HOOKSWITCH_LOG_FORMAT");

    /** Rather too much than too little: a certificate may come as one PEM text with its key. */
    private static final Pattern SECRET = Pattern.compile("pass|secret|token|jaas|credential|certificate|user\\.info");
    /** What is said about a key is no key. */
    private static final Pattern PUBLIC_KEY_SETTING =
            Pattern.compile("\\.(location|type|file|algorithm|serializer|deserializer)$");

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads all sources.
     *
     * @param file the operator's properties file, or null
     * @param environment the process environment
     * @param overrides what the command line says, by key
     * @throws SettingsException naming every unknown key
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
        Map<String, String> values = new TreeMap<>(defaults());
        Set<String> known = Set.copyOf(values.keySet());
        List<String> problems = new ArrayList<>();
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
                merge(properties(reader), "file " + file, known, values, problems);
            } catch (IOException | IllegalArgumentException e) {
                // The latter for a malformed unicode escape.
                problems.add("file " + file + " cannot be read: " + e);
            }
        }
        merge(fromEnvironment(environment, known), "environment", known, values, problems);
        merge(overrides, "command line", known, values, problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(values);
    }

    /** The defaults alone, with these values over them. */
    public static Settings of(Map<String, String> overrides) {
        return load(null, Map.of(), overrides);
    }

    /** These settings with some values replaced. */
    public Settings with(Map<String, String> overrides) {
        Map<String, String> merged = new TreeMap<>(values);
        List<String> problems = new ArrayList<>();
        merge(overrides, "override", defaults().keySet(), merged, problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(merged);
    }

    /** A reader that checks types and bounds and collects what is wrong. */
    public SettingsReader reader() {
        return new SettingsReader(values);
    }

    /** The pass-through Kafka properties, without the prefix. */
    public Map<String, String> kafka() {
        Map<String, String> kafka = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(KAFKA_PREFIX)) {
                kafka.put(key.substring(KAFKA_PREFIX.length()), value);
            }
        });
        return kafka;
    }

    /** Every setting in force, secrets hidden, for the log. */
    public Map<String, String> forLog() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((key, value) -> shown.put(key, isSecret(key) && !value.isEmpty() ? "(hidden)" : value));
        return shown;
    }

    private static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(name).find()
                || (name.contains("key") && !PUBLIC_KEY_SETTING.matcher(name).find());
    }

    /** The documented defaults. */
    public static Map<String, String> defaults() {
        try (InputStream in = Settings.class.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException("resource " + DEFAULTS + " is missing");
            }
            return properties(new InputStreamReader(in, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> properties(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> map = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> map.put(key, properties.getProperty(key).trim()));
        return map;
    }

    /** The environment variable that sets a key. */
    public static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> fromEnvironment(Map<String, String> environment, Set<String> known) {
        Map<String, String> byVariable = new TreeMap<>();
        known.forEach(key -> byVariable.put(environmentName(key), key));
        Map<String, String> found = new TreeMap<>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX) && !NOT_SETTINGS.contains(variable)) {
                String key = byVariable.get(variable);
                found.put(key == null ? guessedKey(variable) : key, value);
            }
        });
        return found;
    }

    /** No setting has this variable: with dots it is a Kafka property or will be reported as unknown. */
    private static String guessedKey(String variable) {
        return variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private static void merge(
            Map<String, String> source,
            String name,
            Set<String> known,
            Map<String, String> into,
            List<String> problems) {
        source.forEach((key, value) -> {
            if (known.contains(key) || key.startsWith(KAFKA_PREFIX)) {
                into.put(key, value);
            } else {
                problems.add(key + " (" + name + ") is not a setting; did you mean "
                        + Nearest.to(key, known).orElseThrow() + "?");
            }
        });
    }
}
