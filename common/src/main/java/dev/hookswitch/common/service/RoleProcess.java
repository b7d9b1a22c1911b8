package dev.hookswitch.common.service;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process around one role: settings, management port, start, SIGTERM, stop. */
public final class RoleProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RoleProcess.class);

    private RoleProcess() {}

    /** Builds a role from the settings. */
    @FunctionalInterface
    public interface Factory {
        Service create(Settings settings, MeterRegistry metrics) throws Exception;
    }

    /**
     * Runs a role until SIGTERM, or until it has been down for {@link DownWatch#LIMIT}.
     *
     * @return the exit status: 1 when it could not start or was down for too long, 2 for wrong settings; after SIGTERM
     *     the JVM exits with 143
     */
    public static int run(Map<String, String> environment, Factory factory) throws InterruptedException {
        return run(environment, factory, DownWatch.system());
    }

    static int run(Map<String, String> environment, Factory factory, DownWatch watch) throws InterruptedException {
        Settings settings;
        try {
            String config = environment.get("HOOKSWITCH_CONFIG");
            settings = Settings.load(config == null ? null : Path.of(config), environment, Map.of());
        } catch (SettingsException e) {
            LOG.error("{}", e.getMessage());
            return 2;
        }
        LOG.info("settings {}", settings.forLog());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitStop(stop, stopped), "shutdown");
        try (Service service = factory.create(settings, registry);
                ManagementServer management = ManagementServer.start(settings, List.of(service), registry)) {
            service.start();
            LOG.info("{} runs, management port {}", service.name(), management.port());
            Runtime.getRuntime().addShutdownHook(hook);
            Optional<String> lost = watch.await(stop, List.of(service));
            lost.ifPresent(detail -> LOG.error("{}", detail));
            LOG.info("{} stops", service.name());
            return lost.isPresent() ? 1 : 0;
        } catch (SettingsException e) {
            LOG.error("{}", e.getMessage());
            return 2;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("cannot start: {}", e.getMessage(), e);
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitStop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
