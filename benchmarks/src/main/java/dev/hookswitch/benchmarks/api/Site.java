package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.process.FreePorts;
import dev.hookswitch.benchmarks.process.ServiceProcess;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import dev.hookswitch.benchmarks.rig.Setup;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.NewKey;
import dev.hookswitch.console.access.NewTenant;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A deployment with one tenant, one endpoint, and a console as it ships, in a process of its own. */
final class Site implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final String TENANT = "bench";

    private final String name;
    private final Rig rig;
    private final BenchTopics topics;
    private final Setup setup;
    private final Map<String, String> settings;
    private final int port;
    private final int managementPort;
    private final String key;
    private ServiceProcess process;
    private Api api;
    private final String webhookId;

    private Site(String name, Rig rig, Setup setup, FreePorts ports) throws IOException, InterruptedException {
        this.name = name;
        this.rig = rig;
        this.setup = setup;
        this.port = ports.next();
        this.managementPort = ports.next();
        Map<String, String> own = new HashMap<>(setup.settings());
        own.put("console.port", Integer.toString(port));
        own.put("console.instance", name);
        own.put("console.state-folder", folder().toString());
        own.put("console.requests-per-minute", "1000000");
        this.topics = BenchTopics.create(rig, setup.partitions(), own);
        this.settings = topics.settings();
        this.key = tenantsKey();
        this.process = started();
        this.api = new Api(port, managementPort, key);
        this.webhookId = api.createWebhook(START_LIMIT);
    }

    /** Makes it, and waits until it serves. */
    static Site open(String name, Rig rig, Setup setup, FreePorts ports) throws IOException, InterruptedException {
        return new Site(name, rig, setup, ports);
    }

    private String tenantsKey() {
        try (AccessAdmin access = AccessAdmin.open(Settings.of(settings), Clock.systemUTC(), new SecureRandom())) {
            Actor actor = new Actor("operator:bench", null);
            var unused =
                    access.createTenant(new NewTenant(TENANT, "ringyo", Optional.empty(), true, Limits.NONE), actor);
            return access.createKey(new NewKey(TENANT, "", Set.of(Scope.WEBHOOKS_MANAGE), Optional.empty()), actor)
                    .key()
                    .reveal();
        }
    }

    private ServiceProcess started() throws IOException, InterruptedException {
        ServiceProcess made = ServiceProcess.start(
                name,
                ShippedConsoleMain.command().withFlags(setup.jvmFlags()),
                settings,
                managementPort,
                rig.folder().resolve(name + ".log"));
        try {
            made.awaitReady(START_LIMIT);
            return made;
        } catch (RuntimeException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    void stop() throws InterruptedException {
        int unused = process.terminate(STOP_LIMIT);
    }

    /** Again, after a {@link #stop}. */
    void start() throws IOException, InterruptedException {
        process = started();
        api = new Api(port, managementPort, key);
    }

    Api api() {
        return api;
    }

    EndpointId endpoint() {
        return new EndpointId(TENANT, webhookId);
    }

    /** The path of its deliveries. */
    String deliveries() {
        return "/v1/webhooks/" + webhookId + "/deliveries";
    }

    BenchTopics topics() {
        return topics;
    }

    /** Of the console's state. */
    Path folder() {
        return rig.folder().resolve("state-" + name);
    }

    @Override
    public void close() {
        process.close();
        topics.close();
    }
}
