package dev.hookswitch.common.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.Wire;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The management port: {@code /health} (alive), {@code /ready} (serving) and {@code /metrics} (Prometheus text). 200 or
 * 503, with each service's state as JSON.
 */
public final class ManagementServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING_REQUESTS = 64;
    private static final int REQUEST_LIMIT_SECONDS = 10;
    private static final int RESPONSE_LIMIT_SECONDS = 30;

    private final HttpServer server;
    private final ExecutorService workers;
    private final List<Service> services;
    private final JvmGcMetrics collector = new JvmGcMetrics();

    private ManagementServer(HttpServer server, ExecutorService workers, List<Service> services) {
        this.server = server;
        this.workers = workers;
        this.services = services;
    }

    /** Listens at once; services may still be starting. */
    public static ManagementServer start(Settings settings, List<Service> services, PrometheusMeterRegistry registry)
            throws IOException {
        SettingsReader reader = settings.reader();
        String host = reader.text("management.host");
        int port = reader.integer("management.port", 0, 65_535);
        reader.done();
        limitSlowClients();
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(host, port), 16);
        } catch (IOException e) {
            throw new IOException("management.port " + host + ":" + port + " cannot be used: " + e.getMessage(), e);
        }
        ManagementServer management = new ManagementServer(http, workers(), services);
        management.measureProcess(registry);
        http.setExecutor(management.workers);
        on(http, "/health", exchange -> management.answer(exchange, Health::alive));
        on(http, "/ready", exchange -> management.answer(exchange, Health::ready));
        on(http, "/metrics", exchange -> send(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
        http.start();
        return management;
    }

    /** Memory, collector, threads and processors of this process, as {@code jvm_*}, {@code process_*} and {@code system_*}. */
    private void measureProcess(PrometheusMeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** The JDK's server reads its limits from system properties when its first instance is made. */
    private static void limitSlowClients() {
        setUnlessSet("sun.net.httpserver.maxReqTime", REQUEST_LIMIT_SECONDS);
        setUnlessSet("sun.net.httpserver.maxRspTime", RESPONSE_LIMIT_SECONDS);
    }

    private static void setUnlessSet(String property, int seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(seconds));
        }
    }

    /** Several threads, so that a client that stalls does not hold up the probes of others. */
    private static ExecutorService workers() {
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), work -> {
                    Thread thread = new Thread(work, "management");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The server itself takes a context for every path that begins with it. */
    private static void on(HttpServer http, String path, HttpHandler handler) {
        http.createContext(path, exchange -> {
            if (exchange.getRequestURI().getPath().equals(path)) {
                handler.handle(exchange);
            } else {
                send(exchange, 404, "text/plain", "not found");
            }
        });
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, Predicate<Health> good) throws IOException {
        Map<String, Health> states = new LinkedHashMap<>();
        boolean ok = true;
        for (Service service : services) {
            Health health = service.health();
            states.put(service.name(), health);
            ok &= good.test(health);
        }
        send(exchange, ok ? 200 : 503, "application/json", new String(Wire.write(states), UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        collector.close();
        server.stop(0);
        workers.shutdownNow();
    }
}
