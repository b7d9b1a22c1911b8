package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.common.model.EndpointId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The endpoints of a benchmark: every one has a socket address, and so a route, of its own.
 *
 * @param spread how they differ
 * @param port of all, or of the first
 * @param count how many
 */
public record Targets(Spread spread, int port, int count) {
    /** The path of every endpoint. */
    public static final String PATH = "/hooks/bench";

    private static final String TENANT = "bench";
    private static final String WEBHOOK = "wh_";
    private static final int PER_BYTE = 250;

    /** How endpoints differ. */
    public enum Spread {
        /** Loopback addresses 127.x.y.z, one port. */
        ADDRESSES,
        /** 127.0.0.1, neighbouring ports. */
        PORTS
    }

    public Targets {
        int ports = spread == Spread.PORTS ? count : 1;
        if (count < 1 || count > PER_BYTE * PER_BYTE || port < 1 || port + ports > 65_536) {
            throw new IllegalArgumentException("no " + count + " endpoints from port " + port);
        }
    }

    /** Those that {@link #on} has put on a message. */
    public static Targets of(Message message) {
        return new Targets(
                Spread.valueOf(message.text("spread")), message.integer("port"), message.integer("endpoints"));
    }

    /** The message with fields for these. */
    public Message on(Message message) {
        return message.with("spread", spread).with("port", port).with("endpoints", count);
    }

    public InetAddress host(int endpoint) {
        byte[] loopback = spread == Spread.PORTS
                ? new byte[] {127, 0, 0, 1}
                : new byte[] {127, 10, (byte) (endpoint / PER_BYTE), (byte) (endpoint % PER_BYTE + 1)};
        try {
            return InetAddress.getByAddress(loopback);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    public int port(int endpoint) {
        return spread == Spread.PORTS ? port + endpoint : port;
    }

    public InetSocketAddress address(int endpoint) {
        return new InetSocketAddress(host(endpoint), port(endpoint));
    }

    public String url(int endpoint) {
        return "http://" + host(endpoint).getHostAddress() + ":" + port(endpoint) + PATH;
    }

    /** The id that the endpoint has in Kafka. */
    public EndpointId id(int endpoint) {
        return new EndpointId(TENANT, String.format(Locale.ROOT, WEBHOOK + "%05d", endpoint));
    }

    /** The index of the endpoint with this webhook id. */
    public static int index(String webhookId) {
        return Integer.parseInt(webhookId.substring(WEBHOOK.length()));
    }
}
