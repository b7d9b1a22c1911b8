package dev.hookswitch.testkit;

import dev.hookswitch.embeddedkafka.EmbeddedKafka;
import dev.hookswitch.embeddedkafka.EmbeddedKafkaConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A broker of its own for a test that stops and starts it: always at the same address, always with the same data. Not
 * for use by several threads.
 */
public final class RestartableKafka implements AutoCloseable {
    // Below the range from which the kernel takes ports of outgoing connections: else a client that tries to reach
    // the stopped broker could get its port.
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    // Prime: processes that run beside each other begin far apart.
    private static final long SPREAD = 3_571;

    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final EmbeddedKafkaConfig config;
    private final KafkaCluster cluster;
    private @Nullable EmbeddedKafka running;

    /** Starts at once. */
    public RestartableKafka() {
        this.config = EmbeddedKafkaConfig.in(directory.path()).withBrokerPort(freePort());
        EmbeddedKafka first = EmbeddedKafka.start(config);
        this.running = first;
        this.cluster = new KafkaCluster(first.bootstrapServers());
    }

    /** Clients that outlive the broker's restarts. */
    public KafkaCluster cluster() {
        return cluster;
    }

    /** Stops cleanly; does nothing when stopped already. */
    public void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Does nothing when running. */
    public void start() {
        if (running == null) {
            running = EmbeddedKafka.start(config);
        }
    }

    @Override
    public void close() {
        try (directory) {
            cluster.close();
            stop();
        }
    }

    private static int freePort() {
        int offset = (int) (ProcessHandle.current().pid() * SPREAD % PORTS);
        for (int step = 0; step < PORTS; step++) {
            int port = FIRST_PORT + (offset + step) % PORTS;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST_PORT + " to " + (FIRST_PORT + PORTS - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
