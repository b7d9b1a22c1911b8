package dev.hookswitch.dispatcher.egress;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the guard again and again what belongs to the deployment. What cannot be found out stays as it was. */
public final class OwnNetworkWatch implements AutoCloseable {
    /** How often it looks; what comes new is known after so long. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(OwnNetworkWatch.class);

    private final EgressGuard guard;
    private final HostResolver resolver;
    private final Callable<Set<InetAddress>> interfaces;
    private final Callable<Set<OwnService>> brokers;
    private final Optional<OwnService> proxy;
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final ScheduledExecutorService thread;
    private OwnNetwork last = OwnNetwork.UNKNOWN;

    /**
     * Watches nothing yet.
     *
     * @param interfaces finds this machine's addresses
     * @param brokers finds the brokers; may block and fail
     * @param proxy the proxy, if there is one
     */
    public OwnNetworkWatch(
            EgressGuard guard,
            HostResolver resolver,
            Callable<Set<InetAddress>> interfaces,
            Callable<Set<OwnService>> brokers,
            Optional<OwnService> proxy) {
        this.guard = guard;
        this.resolver = resolver;
        this.interfaces = interfaces;
        this.brokers = brokers;
        this.proxy = proxy;
        this.thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread daemon = new Thread(runnable, "own-network");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** The addresses of this machine's network interfaces. */
    public static Set<InetAddress> interfaces() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());
    }

    /**
     * Looks once, so that the guard knows before anything is called, and goes on by itself.
     *
     * @throws Exception when the first look fails
     */
    public void start() throws Exception {
        look();
        long millis = INTERVAL.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (Exception e) {
            LOG.warn("own network could not be looked at, it stays as it was: {}", e.toString());
        }
    }

    /** One look; package-private so that a test can drive it. */
    void look() throws Exception {
        Map<OwnService, List<InetAddress>> found = new HashMap<>();
        for (OwnService broker : brokers.call()) {
            found.put(broker, addresses(broker.host()));
        }
        proxy.ifPresent(at -> found.put(at, addresses(at.host())));
        addresses
                .keySet()
                .retainAll(found.keySet().stream().map(OwnService::host).collect(Collectors.toSet()));
        OwnNetwork now = OwnNetwork.of(interfaces.call(), found);
        guard.know(now);
        if (!now.equals(last)) {
            LOG.info("never called as endpoints: {}", now);
        }
        last = now;
    }

    private List<InetAddress> addresses(String host) {
        try {
            addresses.put(host, List.of(resolver.resolve(host)));
        } catch (UnknownHostException e) {
            if (addresses.putIfAbsent(host, List.of()) == null) {
                LOG.warn("{} has no address now; it is looked for again every {} s", host, INTERVAL.toSeconds());
            }
        }
        return addresses.getOrDefault(host, List.of());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
