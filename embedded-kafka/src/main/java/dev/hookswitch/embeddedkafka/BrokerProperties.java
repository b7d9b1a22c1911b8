package dev.hookswitch.embeddedkafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The broker's configuration: who it is, then the defaults file, then the overrides. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    private static final String DEFAULTS = "broker-defaults.properties";
    private static final String LOG_FOLDER = "log";

    private BrokerProperties() {}

    static Properties of(EmbeddedKafkaConfig config, String brokerAddress, String controllerAddress)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(identity(config.dataDirectory().resolve(LOG_FOLDER), brokerAddress, controllerAddress));
        try (@Nullable InputStream defaults = BrokerProperties.class.getResourceAsStream(DEFAULTS)) {
            if (defaults == null) {
                throw new IOException(DEFAULTS + " is missing from the class path");
            }
            properties.load(defaults);
        }
        properties.putAll(config.overrides());
        return properties;
    }

    /** The static voter list is configuration, not data: a restart with another controller port just says so here. */
    private static Map<String, String> identity(Path logs, String brokerAddress, String controllerAddress) {
        String broker = Listeners.BROKER + "://" + brokerAddress;
        return Map.of(
                "node.id",
                String.valueOf(NODE_ID),
                "process.roles",
                "broker,controller",
                "controller.quorum.voters",
                NODE_ID + "@" + controllerAddress,
                "controller.listener.names",
                Listeners.CONTROLLER,
                "inter.broker.listener.name",
                Listeners.BROKER,
                "listener.security.protocol.map",
                Listeners.BROKER + ":PLAINTEXT," + Listeners.CONTROLLER + ":PLAINTEXT",
                "listeners",
                broker + "," + Listeners.CONTROLLER + "://" + controllerAddress,
                "advertised.listeners",
                broker,
                "log.dirs",
                logs.toAbsolutePath().toString());
    }
}
