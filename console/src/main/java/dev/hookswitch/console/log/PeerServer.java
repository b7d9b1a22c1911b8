package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookswitch.common.model.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the other consoles about the partitions that are here: 200 or 503 with an {@link Answer}, 421 when the partition is
 * not here, 401 without the secret. Never asks a third one.
 */
final class PeerServer implements AutoCloseable {
    static final String PATH = "/delivery-log";

    private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);
    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int LARGEST_ASK = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService workers;
    private final byte[] authorization;
    private final Function<Ask, Optional<Answer>> here;

    private PeerServer(HttpServer server, String secret, Function<Ask, Optional<Answer>> here) {
        this.server = server;
        this.authorization = authorization(secret).getBytes(UTF_8);
        this.here = here;
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "delivery-log-peers");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Listens.
     *
     * @param here answers what is here; nothing when the partition is another's
     */
    static PeerServer start(PeerSettings settings, Function<Ask, Optional<Answer>> here) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        HttpServer http;
        try {
            http = HttpServer.create(address, 64);
        } catch (IOException e) {
            throw new IOException("console.peers.port " + address + " cannot be used: " + e.getMessage(), e);
        }
        PeerServer peers = new PeerServer(http, settings.secret(), here);
        http.setExecutor(peers.workers);
        http.createContext(PATH, peers::handle);
        http.start();
        return peers;
    }

    /** The header's value that both sides expect. */
    static String authorization(String secret) {
        return "Bearer " + secret;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isAllowed(exchange)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            Ask ask;
            try {
                ask = Wire.read(exchange.getRequestBody().readNBytes(LARGEST_ASK), Ask.class);
            } catch (IllegalArgumentException e) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            answer(exchange, ask);
        } catch (RuntimeException e) {
            // The server would end the connection without a word.
            LOG.error("a question of another console failed", e);
        }
    }

    private void answer(HttpExchange exchange, Ask ask) throws IOException {
        int status = 200;
        Optional<Answer> answer;
        try {
            answer = here.apply(ask);
        } catch (LogUnavailable e) {
            status = 503;
            answer = Optional.of(Answer.unavailable(e));
        }
        if (answer.isEmpty()) {
            exchange.sendResponseHeaders(421, -1);
            return;
        }
        byte[] body = Wire.write(answer.get());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private boolean isAllowed(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(given.getBytes(UTF_8), authorization);
    }

    /** The port that it listens on. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
