package dev.hookswitch.retry;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.retry.health.EndpointHealthStreams;
import dev.hookswitch.retry.tier.TierSchedulers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Releases due retries, and disables endpoints that keep failing. */
public final class RetrySchedulerRole implements Service {
    private final TierSchedulers tiers;
    private final EndpointHealthStreams endpointHealth;

    private RetrySchedulerRole(TierSchedulers tiers, EndpointHealthStreams endpointHealth) {
        this.tiers = tiers;
        this.endpointHealth = endpointHealth;
    }

    /**
     * Builds the role.
     *
     * @throws SettingsException naming every wrong setting
     */
    public static Service create(Settings settings, MeterRegistry metrics) {
        EndpointHealthStreams endpointHealth = new EndpointHealthStreams(settings, metrics);
        TierSchedulers tiers = new TierSchedulers(settings, instance(settings), InstantSource.system(), metrics);
        return new RetrySchedulerRole(tiers, endpointHealth);
    }

    private static String instance(Settings settings) {
        SettingsReader reader = settings.reader();
        return reader.optionalText("dispatcher.instance").orElseGet(RetrySchedulerRole::hostName);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new SettingsException(
                    List.of("dispatcher.instance must be set, as this host's name is not known: " + e.getMessage()));
        }
    }

    @Override
    public String name() {
        return "retry-scheduler";
    }

    @Override
    public void start() {
        endpointHealth.start();
        tiers.start();
    }

    /** Down when any part is down, up when all are up. */
    @Override
    public Health health() {
        List<Health> parts = new ArrayList<>(tiers.health());
        parts.add(endpointHealth.health());
        return parts.stream()
                .filter(part -> !part.alive())
                .findFirst()
                .or(() -> parts.stream().filter(part -> !part.ready()).findFirst())
                .orElse(Health.UP);
    }

    @Override
    public void close() {
        tiers.close();
        endpointHealth.close();
    }
}
