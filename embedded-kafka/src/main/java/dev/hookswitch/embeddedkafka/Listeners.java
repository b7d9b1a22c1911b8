package dev.hookswitch.embeddedkafka;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two server sockets, bound before the broker is configured and then handed to it. So a port that was free is ours
 * at once: no one can take it between the choice and the bind.
 */
final class Listeners implements ServerSocketFactory, Closeable {
    static final String BROKER = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";
    private static final int BACKLOG = 128;

    private final ServerSocketChannel broker;
    private final ServerSocketChannel controller;

    private Listeners(ServerSocketChannel broker, ServerSocketChannel controller) {
        this.broker = broker;
        this.controller = controller;
    }

    static Listeners bind(EmbeddedKafkaConfig config) throws IOException {
        ServerSocketChannel broker = open("brokerPort", config.brokerPort());
        try {
            return new Listeners(broker, open("controllerPort", config.controllerPort()));
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    String brokerAddress() throws IOException {
        return address(broker);
    }

    String controllerAddress() throws IOException {
        return address(controller);
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress socketAddress, int listenBacklogSize, int recvBufferSize)
            throws IOException {
        ServerSocketChannel channel = listenerName.equals(CONTROLLER) ? controller : broker;
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes what the broker has not closed itself; harmless to repeat. */
    @Override
    public void close() throws IOException {
        try (broker) {
            controller.close();
        }
    }

    private static ServerSocketChannel open(String name, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            return channel;
        } catch (BindException e) {
            channel.close();
            throw new IOException(name + " " + port + " on 127.0.0.1 is in use by another process", e);
        }
    }

    private static String address(ServerSocketChannel channel) throws IOException {
        return "127.0.0.1:" + ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }
}
