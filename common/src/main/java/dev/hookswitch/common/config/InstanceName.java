package dev.hookswitch.common.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The name of a process that stays the same over restarts and that no other process has. */
public final class InstanceName {
    private InstanceName() {}

    /**
     * The value of the setting, else the name of this host. A host that has no name, or only {@code localhost}, which any
     * host has, is a problem of the setting: two processes of one name would fence each other out.
     */
    public static String read(SettingsReader reader, String key) {
        return read(reader, key, () -> InetAddress.getLocalHost().getHostName());
    }

    static String read(SettingsReader reader, String key, HostName host) {
        return reader.optionalText(key).orElseGet(() -> ofHost(reader, key, host));
    }

    private static String ofHost(SettingsReader reader, String key, HostName host) {
        try {
            String name = host.get();
            if (!name.isBlank()
                    && !name.toLowerCase(Locale.ROOT).matches("localhost(\\..*)?|\\(none\\)|[0-9.]+|.*:.*")) {
                return name;
            }
        } catch (UnknownHostException e) {
            // Reported below with what to do.
        }
        reader.problem(key, "must be set: this host has no resolvable name");
        return "";
    }

    /** Asks the system for the name of this host. */
    @FunctionalInterface
    interface HostName {
        String get() throws UnknownHostException;
    }
}
