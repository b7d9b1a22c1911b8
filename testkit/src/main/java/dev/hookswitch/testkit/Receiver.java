package dev.hookswitch.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server on a free port of 127.0.0.1 that plays customers' endpoints. Every request is in {@link #requests()}
 * before its answer is sent.
 */
public final class Receiver implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final RequestLedger ledger = new RequestLedger();
    private final Map<String, Responder> responders = new ConcurrentHashMap<>();
    private final Queue<Throwable> responderFailures = new ConcurrentLinkedQueue<>();
    private final Responder fallback;
    private final Clock clock = Clock.systemUTC();

    /** Starts at once. The responder answers every path that has none of its own. */
    public Receiver(Responder responder) {
        this.fallback = responder;
        // Read once per JVM by the JDK's server: else every answer with a body waits 40 ms for a delayed ACK, and
        // connections beyond 200 are closed while a client may be about to use them.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        try {
            this.server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    /** From now on this path, compared without its query, has its own responder. */
    public Receiver on(String path, Responder responder) {
        responders.put(path, responder);
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a path, beginning with "/", is reached. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** All requests so far, in the order of their arrival. */
    public List<ReceivedRequest> requests() {
        return ledger.snapshot();
    }

    /** The requests of one path so far, in the order of their arrival. */
    public List<ReceivedRequest> requests(String path) {
        return requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    /**
     * Waits until at least this many requests have arrived, over all paths.
     *
     * @throws AssertionError when the limit is over before
     */
    public List<ReceivedRequest> awaitRequests(int count, Duration limit) {
        return ledger.await(count, limit);
    }

    /**
     * Drops open connections and outstanding answers.
     *
     * @throws AssertionError when a responder had thrown; its request was left by closing the connection
     */
    @Override
    public void close() {
        later.shutdownNow();
        server.stop(0);
        workers.shutdownNow();
        Throwable failure = responderFailures.poll();
        if (failure != null) {
            responderFailures.clear();
            throw new AssertionError("a responder failed: " + failure, failure);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Instant receivedAt = clock.instant();
        URI target = exchange.getRequestURI();
        String query = target.getRawQuery();
        ReceivedRequest request = ledger.add(number -> new ReceivedRequest(
                receivedAt,
                exchange.getRequestMethod(),
                target.getPath(),
                query == null ? "" : query,
                headers(exchange),
                body,
                number));
        try {
            perform(exchange, responders.getOrDefault(request.path(), fallback).reply(request));
        } catch (RuntimeException | AssertionError e) {
            responderFailures.add(e);
            exchange.close();
        }
    }

    private void perform(HttpExchange exchange, Reply reply) throws IOException {
        if (reply instanceof Reply.Answer answer) {
            send(exchange, answer);
        } else if (reply instanceof Reply.After after) {
            performLater(exchange, after);
        }
        // Reply.Never: the exchange stays open until the server stops.
    }

    private void performLater(HttpExchange exchange, Reply.After after) {
        try {
            ScheduledFuture<?> unused = later.schedule(
                    () -> workers.execute(() -> performQuietly(exchange, after.then())),
                    after.delay().toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            exchange.close();
        }
    }

    private void performQuietly(HttpExchange exchange, Reply reply) {
        try {
            perform(exchange, reply);
        } catch (IOException clientHasGone) {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, Reply.Answer answer) throws IOException {
        try (exchange) {
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }
}
