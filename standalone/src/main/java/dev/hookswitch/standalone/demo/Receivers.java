package dev.hookswitch.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookswitch.common.signing.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The customers' side: one HTTP server on 127.0.0.1 whose paths are the receivers of the cast. */
final class Receivers implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool(Receivers::thread);
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(Receivers::thread);
    private final Queue<Post> ledger = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> arrivals = new ConcurrentHashMap<>();
    private final Map<Actor, String> secrets = new ConcurrentHashMap<>();
    private final Map<Actor, String> wrongSecrets;
    private final Set<Actor> repaired = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    Receivers(List<Actor> actors, InstantSource clock, LongSupplier nanoTime, SecureRandom random) throws IOException {
        this.clock = clock;
        this.nanoTime = nanoTime;
        wrongSecrets = actors.stream()
                .filter(actor -> actor.temper() == Temper.WRONG_SECRET)
                .collect(Collectors.toUnmodifiableMap(
                        actor -> actor, actor -> Secret.generate(random).reveal()));
        // Else every answer waits 40 ms for a delayed ACK. Read by the JDK's server when its first instance is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Else it closes idle connections beyond 200, now and then just as the next POST is written to one: a failed
        // attempt, rightly, but not what a healthy receiver is here to show.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
        actors.forEach(actor -> server.createContext("/" + actor.label(), exchange -> take(actor, exchange)));
        server.setExecutor(workers);
        server.start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "receiver");
        thread.setDaemon(true);
        return thread;
    }

    String url(Actor actor) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + actor.label();
    }

    /** From now on the secret of the receiver's endpoint is known, although not to every receiver. */
    void secret(Actor actor, String secret) {
        secrets.put(actor, secret);
    }

    /** From now on the receiver works. */
    void repair(Actor actor) {
        repaired.add(actor);
    }

    /** Every POST so far, in the order of answering. */
    List<Post> posts() {
        return List.copyOf(ledger);
    }

    Optional<Post> first() {
        return Optional.ofNullable(ledger.peek());
    }

    private void take(Actor actor, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        long arrivedNanos = nanoTime.getAsLong();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String deliveryId = headers.getOrDefault("webhook-id", "");
        int attempt = arrivals.merge(actor.label() + "/" + deliveryId, 1, Integer::sum);
        String secret = secrets.getOrDefault(actor, "whsec_");
        boolean signed = Signatures.verify(actor.promise(), headers, body, secret, clock.instant());
        String believed = wrongSecrets.getOrDefault(actor, secret);
        boolean verified = Signatures.verify(actor.promise(), headers, body, believed, clock.instant());
        int status = actor.temper().status(deliveryId, attempt, repaired.contains(actor));
        Runnable answer = () -> answer(
                exchange,
                new Post(
                        actor,
                        deliveryId,
                        attempt,
                        arrivedNanos,
                        nanoTime.getAsLong(),
                        verified || status != 200 ? status : 401,
                        signed,
                        verified,
                        body));
        int delayMs = actor.temper().delayMs(deliveryId);
        if (delayMs == 0) {
            answer.run();
            return;
        }
        try {
            ScheduledFuture<?> unused = later.schedule(() -> workers.execute(answer), delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, Post post) {
        ledger.add(post);
        try (exchange) {
            exchange.sendResponseHeaders(post.status(), -1);
        } catch (IOException senderHasGone) {
            // It counts this as a failed attempt, and the ledger as a POST.
            exchange.close();
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        server.stop(0);
        workers.shutdownNow();
    }
}
