package dev.hookswitch.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hookswitch.benchmarks.load.Targets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP/1.1 server of one thread that writes every POST into its ledger, and answers it when its time has come. A peer
 * that is gone by then gets no answer; the ledger has its POST all the same.
 */
final class LedgerReceiver implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long IDLE_MS = 1_000;

    private final Clock clock;
    private final Answers answers;
    private final Writer ledger;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "ledger-receiver");
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(64 * 1024);
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(
            Comparator.comparingLong(waiting -> waiting.post().answeredMs()));
    private final AtomicLong posts = new AtomicLong();
    private volatile boolean closed;

    /** An answer that is to come. */
    private record Pending(SocketChannel channel, Post post) {}

    private LedgerReceiver(Clock clock, Answers answers, Writer ledger) throws IOException {
        this.clock = clock;
        this.answers = answers;
        this.ledger = ledger;
        this.selector = Selector.open();
        this.thread.setDaemon(true);
    }

    /**
     * Listens on every target.
     *
     * @param ledger a file, which is made anew
     * @throws IOException when an address cannot be had; then none is
     */
    static LedgerReceiver start(Targets targets, Clock clock, Answers answers, Path ledger) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(ledger);
        LedgerReceiver receiver = new LedgerReceiver(clock, answers, writer);
        try {
            for (int endpoint = 0; endpoint < targets.count(); endpoint++) {
                receiver.listen(targets.address(endpoint));
            }
        } catch (IOException e) {
            receiver.closeAll();
            throw e;
        }
        receiver.thread.start();
        return receiver;
    }

    private void listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** POSTs that have come in whole and stand in the ledger. */
    long posts() {
        return posts.get();
    }

    private void run() {
        try {
            while (!closed) {
                Pending first = pending.peek();
                long waitMs = first == null ? IDLE_MS : first.post().answeredMs() - clock.millis();
                if (waitMs <= 0) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready, Math.min(IDLE_MS, waitMs));
                }
                answerDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closeAll();
        }
    }

    private void answerDue() {
        long nowMs = clock.millis();
        for (Pending first = pending.peek();
                first != null && first.post().answeredMs() <= nowMs;
                first = pending.peek()) {
            pending.remove();
            answer(first.channel(), first.post().status());
        }
    }

    private static void answer(SocketChannel channel, int status) {
        String text = "HTTP/1.1 " + status + " Answer\r\nContent-Length: 0\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
        try {
            channel.write(bytes);
            if (bytes.hasRemaining()) {
                close(channel);
            }
        } catch (IOException e) {
            close(channel);
        }
    }

    private void ready(SelectionKey key) {
        if (key.channel() instanceof ServerSocketChannel server) {
            accept(server);
        } else if (key.channel() instanceof SocketChannel channel && key.attachment() instanceof PostReader reader) {
            read(channel, reader);
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            for (SocketChannel accepted = server.accept(); accepted != null; accepted = server.accept()) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ, new PostReader());
            }
        } catch (IOException e) {
            System.err.println("receiver cannot accept: " + e);
        }
    }

    private void read(SocketChannel channel, PostReader reader) {
        try {
            if (channel.read(incoming.clear()) < 0) {
                close(channel);
                return;
            }
        } catch (IOException e) {
            close(channel);
            return;
        }
        reader.take(incoming.flip(), deliveryId -> take(channel, deliveryId));
    }

    private void take(SocketChannel channel, String deliveryId) {
        Post post = answers.to(deliveryId, clock.millis());
        try {
            ledger.write(post.line());
            ledger.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        posts.incrementAndGet();
        pending.add(new Pending(channel, post));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Gone either way.
        }
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
            ledger.close();
        } catch (IOException e) {
            System.err.println("the ledger may not be whole: " + e);
        }
    }

    /** Stops; the ledger is whole then. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
