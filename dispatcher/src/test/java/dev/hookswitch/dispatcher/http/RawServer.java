package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server on a free port of 127.0.0.1 whose every byte is the test's own. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final Function<Socket, Socket> layer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger closedByClient = new AtomicInteger();

    /** What happens on one connection; it is closed at the end, and when the client has gone. */
    @FunctionalInterface
    public interface Script {
        void serve(Peer peer) throws IOException, InterruptedException;
    }

    /** A request: request line and header lines, and the body. */
    public record Request(List<String> head, String body) {
        public String line() {
            return head.get(0);
        }

        public List<String> headers() {
            return head.subList(1, head.size());
        }
    }

    /** The other end of a connection. */
    public static final class Peer {
        private final Socket socket;
        final int number;

        private Peer(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        public Request read() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(next(in));
            }
            List<String> lines = head.toString(ISO_8859_1).trim().lines().toList();
            int length = lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                    .findFirst()
                    .orElse(0);
            return new Request(lines, new String(in.readNBytes(length), ISO_8859_1));
        }

        private static int next(InputStream in) throws IOException {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            return next;
        }

        /** A header of so many bytes and what it says follows it, in its bytes from that one on; as hexadecimal digits. */
        String readHex(int header, int lengthAt, int lengthBytes) throws IOException {
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(header);
            int length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (head[lengthAt + i] & 0xff);
            }
            return HexFormat.of().formatHex(in.readNBytes(length));
        }

        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Carries bytes between the client and another server until either ends. */
        public void relay(Socket other) throws IOException {
            Thread back = new Thread(() -> copy(other, socket), "relay");
            back.start();
            copy(socket, other);
        }

        private static void copy(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                for (int n = from.getInputStream().read(buffer);
                        n > 0;
                        n = from.getInputStream().read(buffer)) {
                    to.getOutputStream().write(buffer, 0, n);
                    to.getOutputStream().flush();
                }
            } catch (IOException ended) {
                // Either side: both are closed.
            } finally {
                closeBoth(from, to);
            }
        }

        private static void closeBoth(Socket one, Socket other) {
            try (one;
                    other) {
                // Closed by leaving.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Says that nothing more will come. */
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        /** Until the client closes. */
        public void awaitEnd() throws IOException {
            long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public RawServer(Script script) {
        this(script, socket -> socket);
    }

    public RawServer(Script script, Function<Socket, Socket> layer) {
        this.script = script;
        this.layer = layer;
        try {
            listening = new ServerSocket(0, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                sockets.add(socket);
                int number = accepted.incrementAndGet();
                threads.execute(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain, int number) {
        try (plain;
                Socket socket = layer.apply(plain)) {
            script.serve(new Peer(socket, number));
        } catch (IOException | UncheckedIOException gone) {
            // The latter from a layer over a connection that ended before it was put on.
            closedByClient.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.incrementAndGet();
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections have come. */
    public int accepted() {
        return accepted.get();
    }

    /** How many scripts have ended, for whatever reason. */
    public int ended() {
        return ended.get();
    }

    /** How many scripts ended because the connection did. */
    public int cutOff() {
        return closedByClient.get();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
