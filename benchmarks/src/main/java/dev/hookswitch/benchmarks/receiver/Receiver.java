package dev.hookswitch.benchmarks.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.load.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server that does as little as an HTTP/1.1 server can: one thread, no allocation per request, 200 with an empty body
 * on kept-alive connections. Listens on loopback addresses only.
 */
public final class Receiver implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

    private final Behaviour behaviour;
    private final @Nullable RequestLog log;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "receiver");
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer response =
            ByteBuffer.allocateDirect(OK.length).put(OK).flip();
    private final DelayLine<Connection> delayed;
    private final DelayLine<Connection> dripping =
            new DelayLine<>(Duration.ofSeconds(1).toNanos());
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean healed;

    /**
     * How it answers.
     *
     * @param delay before an answer
     * @param silent how many endpoints never answer: the first
     * @param dripping how many endpoints answer a byte a second: the next
     */
    public record Behaviour(Duration delay, int silent, int dripping) {}

    private Receiver(Behaviour behaviour, @Nullable RequestLog log) throws IOException {
        this.behaviour = behaviour;
        this.log = log;
        this.delayed = new DelayLine<>(behaviour.delay().toNanos());
        this.selector = Selector.open();
        this.thread.setDaemon(true);
    }

    /**
     * Listens on every target.
     *
     * @throws IOException when one cannot be had; then none is
     */
    public static Receiver start(Targets targets, Behaviour behaviour) throws IOException {
        return start(targets, behaviour, null);
    }

    /**
     * Listens on every target, and writes down every request.
     *
     * @param log to be closed after the receiver
     * @throws IOException when one cannot be had; then none is
     */
    static Receiver start(Targets targets, Behaviour behaviour, @Nullable RequestLog log) throws IOException {
        Receiver receiver = new Receiver(behaviour, log);
        try {
            for (int endpoint = 0; endpoint < targets.count(); endpoint++) {
                receiver.listen(targets.address(endpoint), endpoint);
            }
        } catch (IOException e) {
            receiver.closeChannels();
            throw e;
        }
        receiver.thread.start();
        return receiver;
    }

    private void listen(InetSocketAddress address, int endpoint) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            server.register(
                    selector, SelectionKey.OP_ACCEPT, Temper.of(endpoint, behaviour.silent(), behaviour.dripping()));
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Requests that have come in whole. */
    public long requests() {
        return requests.get();
    }

    /** Connections that were accepted. */
    public long connections() {
        return connections.get();
    }

    /** From now on all endpoints answer, or again only those that should. */
    void heal(boolean all) {
        healed = all;
    }

    private void run() {
        try {
            while (!closed) {
                long nanos = delayed.nanosToNext(System.nanoTime(), IDLE_NANOS);
                nanos = dripping.nanosToNext(System.nanoTime(), nanos);
                if (nanos == 0) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready, (nanos + 999_999) / 1_000_000);
                }
                long now = System.nanoTime();
                delayed.release(now, connection -> connection.answer(response));
                dripping.release(now, connection -> drip(connection, now));
                if (log != null) {
                    log.flushIfDue(now);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closeChannels();
        }
    }

    private void drip(Connection connection, long now) {
        if (connection.drip(response)) {
            dripping.add(connection, now);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            read(connection);
        } else if (key.channel() instanceof ServerSocketChannel server && key.attachment() instanceof Temper temper) {
            accept(server, temper);
        }
    }

    private int keptOfBody() {
        return log == null ? 0 : Stamp.REACHES_TO;
    }

    private void accept(ServerSocketChannel server, Temper temper) {
        try {
            for (SocketChannel accepted = server.accept(); accepted != null; accepted = server.accept()) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ, new Connection(accepted, temper, keptOfBody()));
                connections.incrementAndGet();
            }
        } catch (IOException e) {
            System.err.println("receiver cannot accept: " + e);
        }
    }

    private void read(Connection connection) {
        int complete;
        try {
            if (connection.channel.read(incoming.clear()) < 0) {
                connection.close();
                return;
            }
            complete = connection.reader.take(incoming.flip());
        } catch (IOException | NumberFormatException e) {
            connection.close();
            return;
        }
        for (int i = 0; i < complete; i++) {
            requests.lazySet(requests.get() + 1);
            if (log != null) {
                write(log, connection);
            }
            answer(connection);
        }
    }

    private static void write(RequestLog log, Connection connection) {
        try {
            log.add(Stamp.of(connection.reader.bodyHead()), System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Connection connection) {
        switch (healed ? Temper.HEALTHY : connection.temper) {
            case HEALTHY -> {
                if (behaviour.delay().isZero()) {
                    connection.answer(response);
                } else {
                    delayed.add(connection, System.nanoTime());
                }
            }
            case DRIPPING -> dripping.add(connection, System.nanoTime());
            case SILENT -> {}
        }
    }

    private void closeChannels() {
        for (SelectionKey key : selector.keys()) {
            try {
                key.channel().close();
            } catch (IOException e) {
                // Gone either way.
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            // Gone either way.
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
