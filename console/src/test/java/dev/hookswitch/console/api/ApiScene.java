package dev.hookswitch.console.api;

import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.access.AccessAdmin;
import dev.hookswitch.console.access.CreatedKey;
import dev.hookswitch.console.access.NewKey;
import dev.hookswitch.console.access.NewTenant;
import dev.hookswitch.testkit.KafkaCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A deployment with tenants and keys, and instances of the API. */
final class ApiScene implements AutoCloseable {
    static final String NEW =
            "{\"url\":\"https://hooks.example.com/in\",\"events\":[\"call.completed\",\"call.failed\"]}";
    private static final Actor ANN = new Actor("operator:ann", null);

    private static final Map<String, String> OWN = Map.of(
            "console.port", "0",
            "console.requests-per-minute", "1000000",
            "access.failures-per-minute", "1000000");

    final Deployment deployment;
    final AccessAdmin access;
    private final Path folder;
    private final List<ConsoleRole> roles = new ArrayList<>();
    private int instances;

    ApiScene(KafkaCluster kafka, Path folder) {
        this.folder = folder;
        this.deployment = Deployment.ready(kafka, folder);
        this.access = AccessAdmin.open(deployment.settings(), Clock.systemUTC(), new SecureRandom());
    }

    void tenant(String name, String profile, boolean webhooks, Limits limits) {
        var unused = access.createTenant(new NewTenant(name, profile, Optional.empty(), webhooks, limits), ANN);
    }

    CreatedKey key(String tenant, Optional<Instant> expiresAt, Scope... scopes) {
        return access.createKey(new NewKey(tenant, "", Set.of(scopes), expiresAt), ANN);
    }

    String manager(String tenant) {
        return key(tenant, Optional.empty(), Scope.WEBHOOKS_MANAGE).key().reveal();
    }

    void revoke(CreatedKey key) {
        var unused = access.revokeKey(key.row().keyId(), ANN);
    }

    /** What a further instance here needs to be told. */
    Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(deployment.overrides());
        all.putAll(OWN);
        String instance = "c" + ++instances;
        all.put("console.instance", instance);
        all.put("console.state-folder", folder.resolve(instance).toString());
        return all;
    }

    /** A further instance, ready. */
    ConsoleRole start() {
        return start(Map.of(), handler -> handler);
    }

    /** @param around each handler, from when the request was let in until it is answered */
    ConsoleRole start(Map<String, String> overrides, UnaryOperator<Routes.Handler> around) {
        ConsoleRole role = new ConsoleRole(
                Settings.of(settings()).with(overrides), new SimpleMeterRegistry(), Clock.systemUTC(), around);
        roles.add(role);
        try {
            role.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> role.health().ready());
        return role;
    }

    @Override
    public void close() {
        roles.forEach(ConsoleRole::close);
        access.close();
    }
}
