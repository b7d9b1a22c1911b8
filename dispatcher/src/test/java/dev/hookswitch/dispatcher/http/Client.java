package dev.hookswitch.dispatcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.dispatcher.egress.EgressProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** The client under test, with requests to make of it. */
final class Client implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(400);

    final PinnedHttpClient http;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger results = new AtomicInteger();

    Client() {
        this(Duration.ofSeconds(5), address -> true, defaultTls());
    }

    Client(Duration maxKeepAlive, Predicate<InetSocketAddress> allowed, SSLContext tls) {
        this(maxKeepAlive, allowed, tls, Optional.empty());
    }

    Client(Duration maxKeepAlive, Predicate<InetSocketAddress> allowed, SSLContext tls, Optional<EgressProxy> proxy) {
        http = new PinnedHttpClient(new PinnedHttpClient.Options(1, 1_000, maxKeepAlive, tls, proxy), allowed);
    }

    static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static HttpPost post(int port, Duration deadline) {
        return post(false, "no-such-host.example.com", port, "{\"a\":1}".getBytes(UTF_8), deadline);
    }

    static HttpPost post(boolean secure, String host, int port, byte[] body, Duration deadline) {
        return new HttpPost(
                secure,
                host,
                port,
                "/hook?q=1",
                address(127, 0, 0, 1),
                List.of(
                        new HttpPost.Field("Content-Type", "application/json"),
                        new HttpPost.Field("User-Agent", "Hookswitch/test"),
                        new HttpPost.Field("webhook-id", "msg_1")),
                body,
                deadline);
    }

    /** Sends and waits; the test's own limit is far beyond the deadline. */
    SendResult send(HttpPost post) {
        return begin(post).join();
    }

    SendResult send(int port) {
        return send(post(port, DEADLINE));
    }

    /**
     * Sends with short deadlines, each longer than the last, until one ends when things have come as far as the test means
     * them to: on a slow machine a deadline may pass before.
     */
    SendResult sendBriefly(BooleanSupplier hasComeSoFar, Function<Duration, HttpPost> post) {
        Duration deadline = SHORT;
        SendResult result = send(post.apply(deadline));
        while (!hasComeSoFar.getAsBoolean() && deadline.compareTo(DEADLINE) < 0) {
            deadline = deadline.multipliedBy(2);
            result = send(post.apply(deadline));
        }
        return result;
    }

    /** A port that refuses connections, and is nobody else's until it is closed. */
    static Socket refusing() {
        try {
            Socket bound = new Socket();
            bound.bind(new InetSocketAddress(address(127, 0, 0, 1), 0));
            return bound;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<SendResult> begin(HttpPost post) {
        begun.incrementAndGet();
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        http.send(post, answer -> {
            results.incrementAndGet();
            result.complete(answer);
        });
        return result.orTimeout(120, TimeUnit.SECONDS);
    }

    int begun() {
        return begun.get();
    }

    /** How many results have been told, repetitions included. */
    int results() {
        return results.get();
    }

    /** Whether nothing is held any more for what has ended. */
    private boolean isIdle() {
        PinnedHttpClient.Counts counts = http.counts();
        return counts.leased() == 0 && counts.deadlines() == 0;
    }

    /** Looks often: the tests do this many times, and it takes no time as a rule. */
    void awaitIdle() {
        await().atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(this::isIdle);
    }

    @Override
    public void close() {
        http.close();
    }
}
