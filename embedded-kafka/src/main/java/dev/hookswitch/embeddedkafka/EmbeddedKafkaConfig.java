package dev.hookswitch.embeddedkafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where an {@link EmbeddedKafka} keeps its data and where it listens.
 *
 * @param dataDirectory created when absent; a directory used before is taken up where it was left
 * @param brokerPort    port for clients on 127.0.0.1; 0 takes any free port
 * @param controllerPort port of the controller on 127.0.0.1; 0 takes any free port; it may differ at every start
 * @param overrides     broker properties that win over every default, see <a
 *                      href="https://kafka.apache.org/43/configuration/broker-configs/">Kafka's reference</a>
 */
public record EmbeddedKafkaConfig(
        Path dataDirectory, int brokerPort, int controllerPort, Map<String, String> overrides) {

    public EmbeddedKafkaConfig {
        requirePort("brokerPort", brokerPort);
        requirePort("controllerPort", controllerPort);
        if (brokerPort != 0 && brokerPort == controllerPort) {
            throw new IllegalArgumentException("brokerPort and controllerPort must differ, but both are " + brokerPort);
        }
        overrides = Map.copyOf(overrides);
    }

    /** Any free ports and no overrides. */
    public static EmbeddedKafkaConfig in(Path dataDirectory) {
        return new EmbeddedKafkaConfig(dataDirectory, 0, 0, Map.of());
    }

    public EmbeddedKafkaConfig withBrokerPort(int port) {
        return new EmbeddedKafkaConfig(dataDirectory, port, controllerPort, overrides);
    }

    public EmbeddedKafkaConfig withOverrides(Map<String, String> properties) {
        return new EmbeddedKafkaConfig(dataDirectory, brokerPort, controllerPort, properties);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be between 0 and 65535, but is " + port);
        }
    }
}
