package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HttpClient 5's minimal asynchronous client, which has no redirects, cookies, authentication, decompression or
 * re-execution to switch off. Connects to the address that the caller checked, never to one of its own finding.
 */
public final class PinnedHttpClient implements HttpSender {
    private static final Logger LOG = LoggerFactory.getLogger(PinnedHttpClient.class);
    /** Three of these belong to each connection; they grow where a line needs more. The default is 32 KiB. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private static final int MAX_HEADER_COUNT = 64;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_EMPTY_LINES = 10;
    private static final List<String> LOGGERS_OF_BODIES =
            List.of("org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers");

    private static final TimeValue TICK = TimeValue.ofMilliseconds(100);
    private static final TimeValue SHUTDOWN_LIMIT = TimeValue.ofSeconds(2);
    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(1);

    private final MinimalHttpAsyncClient client;
    private final PinnedConnections connections;
    private final Dialer dialer;
    private final @Nullable EgressProxy proxy;
    private final DeadlineTimer deadlines;
    private final Duration maxKeepAlive;
    private final ScheduledExecutorService evictor;
    private volatile boolean reactorDied;

    /**
     * What an operator may choose.
     *
     * @param ioThreads threads of the reactor
     * @param maxConnections idle connections that are kept in all
     * @param maxKeepAlive how long an idle connection is kept at the most
     * @param tls trust and client keys
     * @param proxy through which everything goes; the address of each POST is then the proxy's
     */
    public record Options(
            int ioThreads, int maxConnections, Duration maxKeepAlive, SSLContext tls, Optional<EgressProxy> proxy) {}

    /**
     * Starts the client.
     *
     * @param allowed the last check of address and port, when the socket connects
     */
    public PinnedHttpClient(Options options, Predicate<InetSocketAddress> allowed) {
        refuseToLogBodies();
        proxy = options.proxy().orElse(null);
        maxKeepAlive = options.maxKeepAlive();
        deadlines = new DeadlineTimer(System::nanoTime);
        deadlines.start();
        connections = new PinnedConnections(options.tls(), options.maxConnections());
        client = HttpAsyncClients.createMinimal(
                H2Config.DEFAULT,
                Http1Config.custom()
                        .setBufferSize(BUFFER_BYTES)
                        .setMaxHeaderCount(MAX_HEADER_COUNT)
                        .setMaxLineLength(MAX_LINE_BYTES)
                        .setMaxEmptyLineCount(MAX_EMPTY_LINES)
                        .build(),
                IOReactorConfig.custom()
                        .setIoThreadCount(options.ioThreads())
                        .setSelectInterval(TICK)
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build(),
                connections);
        dialer = new Dialer(client, allowed, proxy);
        client.start();
        evictor = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "idle-connections");
            thread.setDaemon(true);
            return thread;
        });
        long millis = EVICTION_INTERVAL.toMillis();
        var unused = evictor.scheduleWithFixedDelay(this::evict, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Our own logging configuration pins them off; an operator's may not. */
    private static void refuseToLogBodies() {
        for (String logger : LOGGERS_OF_BODIES) {
            if (LoggerFactory.getLogger(logger).isDebugEnabled()) {
                throw new IllegalStateException(
                        "logger " + logger + " must be off: it would print bodies, signatures and passwords");
            }
        }
    }

    /** An idle connection is looked at otherwise only when its host is called again. */
    private void evict() {
        try {
            connections.closeExpired();
        } catch (RuntimeException e) {
            LOG.warn("idle connections could not be closed", e);
        }
    }

    /** Connections that are in use, connections that are idle, and deadlines that are set. */
    record Counts(int leased, int idle, int deadlines) {}

    Counts counts() {
        PoolStats stats = connections.getTotalStats();
        return new Counts(stats.getLeased(), stats.getAvailable(), deadlines.size());
    }

    @Override
    public void send(HttpPost post, Consumer<SendResult> whenDone) {
        Exchange exchange = new Exchange(post, whenDone, connections, deadlines, maxKeepAlive, proxy);
        exchange.begin();
        if (!alive()) {
            exchange.refused(AttemptResult.INTERNAL);
            return;
        }
        HttpRoute route = route(post);
        HttpClientContext context = new HeadCounter(exchange);
        try {
            var unused = connections.lease("", route, null, Timeout.of(post.deadline()), leased(exchange, context));
        } catch (RuntimeException e) {
            // The pool is closed.
            exchange.refused(AttemptResult.INTERNAL);
        }
    }

    /** Through a proxy too each endpoint has connections of its own: a tunnel leads to one host, in the clear to one proxy. */
    private HttpRoute route(HttpPost post) {
        String scheme = post.secure() ? "https" : "http";
        if (proxy == null) {
            return new HttpRoute(new HttpHost(scheme, post.address(), post.host(), post.port()), null, post.secure());
        }
        HttpHost at = new HttpHost(
                "http", post.address(), proxy.at().host(), proxy.at().port());
        HttpHost target = new HttpHost(scheme, post.host(), post.port());
        return post.secure()
                ? new HttpRoute(target, null, at, true, TunnelType.TUNNELLED, LayerType.LAYERED)
                : new HttpRoute(target, null, at, false);
    }

    private Step leased(Exchange exchange, HttpClientContext context) {
        return new Step(exchange) {
            @Override
            public void completed(AsyncConnectionEndpoint leased) {
                if (!exchange.attach(leased)) {
                    return;
                }
                if (exchange.reused()) {
                    execute(leased, exchange, context);
                } else {
                    dial(leased, exchange, context);
                }
            }
        };
    }

    private void dial(AsyncConnectionEndpoint leased, Exchange exchange, HttpClientContext context) {
        try {
            dialer.dial(connections, leased, exchange, () -> execute(leased, exchange, context));
        } catch (IOReactorShutdownException e) {
            reactorDied = true;
            exchange.refused(AttemptResult.INTERNAL);
        }
    }

    private static void execute(AsyncConnectionEndpoint connected, Exchange exchange, HttpClientContext context) {
        if (exchange.abandoned()) {
            return;
        }
        exchange.executing();
        try {
            connected.execute("", exchange, context);
        } catch (RuntimeException e) {
            exchange.failed(e);
        }
    }

    @Override
    public boolean alive() {
        // Right after its start it still is inactive, and takes what comes.
        return !reactorDied && client.getStatus().compareTo(IOReactorStatus.ACTIVE) <= 0;
    }

    @Override
    public void close() {
        evictor.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
        client.initiateShutdown();
        try {
            client.awaitShutdown(SHUTDOWN_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
        deadlines.close();
    }

    /** A step on the way to a connection, whose failure ends the exchange. */
    private abstract static class Step implements FutureCallback<AsyncConnectionEndpoint> {
        private final Exchange exchange;

        Step(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void failed(Exception cause) {
            exchange.failedToConnect(cause);
        }

        @Override
        public void cancelled() {
            exchange.failedToConnect(new java.io.IOException("cancelled"));
        }
    }
}
