package dev.hookswitch.console.log;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.console.Deployment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Starts the delivery log of one console of a deployment. */
final class LogInstance {
    private static final String SECRET = "a secret of sixteen";

    private LogInstance() {}

    static Settings settings(Deployment deployment, String name, Path folder) {
        return deployment
                .settings()
                .with(Map.of(
                        "console.instance",
                        name,
                        "console.state-folder",
                        folder.resolve(name).toString(),
                        "console.log.memory-bytes",
                        Integer.toString(16 << 20)));
    }

    /** The only one. */
    static KafkaDeliveryLog alone(Deployment deployment, String name, Path folder) {
        return start(settings(deployment, name, folder));
    }

    /** One that others reach. */
    static KafkaDeliveryLog among(Deployment deployment, String name, Path folder) {
        int port = freePort();
        return start(settings(deployment, name, folder)
                .with(Map.of(
                        "console.peers.url",
                        "http://127.0.0.1:" + port,
                        "console.peers.port",
                        Integer.toString(port),
                        "console.peers.secret",
                        SECRET)));
    }

    /** Not started. */
    static KafkaDeliveryLog made(Deployment deployment, String name, Path folder) {
        return made(settings(deployment, name, folder));
    }

    private static KafkaDeliveryLog made(Settings settings) {
        return KafkaDeliveryLog.create(settings, InstantSource.system(), new SimpleMeterRegistry());
    }

    private static KafkaDeliveryLog start(Settings settings) {
        KafkaDeliveryLog log = made(settings);
        try {
            log.start();
        } catch (IOException e) {
            log.close();
            throw new UncheckedIOException(e);
        }
        return log;
    }

    /** The address that others are told must be known before anyone listens. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
