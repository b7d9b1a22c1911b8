package dev.hookswitch.standalone;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.service.RoleProcess;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.console.api.ConsoleRole;
import dev.hookswitch.dispatcher.DispatcherRole;
import dev.hookswitch.fanout.FanoutRole;
import dev.hookswitch.ingest.IngestRole;
import dev.hookswitch.retry.RetrySchedulerRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every role against one Kafka: started side by side, stopped one after the other in the direction of the flow. */
public final class Roles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);

    private final List<Service> services;

    private Roles(List<Service> services) {
        this.services = List.copyOf(services);
    }

    /** How each role is made, by its name, in the order of stopping. */
    public static Map<String, RoleProcess.Factory> factories() {
        Map<String, RoleProcess.Factory> factories = new LinkedHashMap<>();
        factories.put("console", ConsoleRole::create);
        factories.put("ingest", IngestRole::create);
        factories.put("fanout", FanoutRole::create);
        factories.put("dispatcher", DispatcherRole::create);
        factories.put("retry-scheduler", RetrySchedulerRole::create);
        return factories;
    }

    /**
     * Builds every role; starts none.
     *
     * @throws Exception when a role cannot be built; the message names the setting
     */
    public static Roles create(Settings settings, MeterRegistry metrics) throws Exception {
        List<Service> services = new ArrayList<>();
        try {
            for (RoleProcess.Factory factory : factories().values()) {
                services.add(factory.create(settings, metrics));
            }
        } catch (Exception e) {
            services.forEach(Service::close);
            throw e;
        }
        return new Roles(services);
    }

    /** In the order of stopping. */
    public List<Service> services() {
        return services;
    }

    /**
     * Returns when all have started.
     *
     * @throws Exception what the first one said that did not start; the others are to be closed
     */
    public void start() throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(services.size());
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (Service service : services) {
                starts.add(starters.submit(() -> {
                    service.start();
                    return service;
                }));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            starters.shutdownNow();
        }
    }

    /** Stops each in turn, so that nothing new comes while the next one finishes its work. */
    @Override
    public void close() {
        for (Service service : services) {
            try {
                service.close();
                LOG.info("{} stopped", service.name());
            } catch (RuntimeException e) {
                LOG.error("{} did not stop cleanly", service.name(), e);
            }
        }
    }
}
