package dev.hookswitch.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody uses at the moment, below those that systems give to outgoing connections. */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int STEP = 1_009;
    private static final int TRIES = 200;

    private int port;

    FreePorts(int seed) {
        this.port = Math.floorMod(seed, LAST - FIRST);
    }

    /** Other ones than another process would begin with. */
    public static FreePorts ofThisProcess() {
        return new FreePorts((int) (ProcessHandle.current().pid() * 31));
    }

    /**
     * The next one.
     *
     * @throws IllegalStateException when there seems to be none
     */
    public int next() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            port = (port + STEP) % (LAST - FIRST);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST + port));
                return FIRST + port;
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + LAST);
    }
}
