package dev.hookswitch.console.api;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.access.KeyDirectory;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.AsyncApi;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.log.KafkaDeliveryLog;
import dev.hookswitch.console.recovery.ManualRetries;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.sample.TestDeliveries;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The role that tenants manage their endpoints with: the API under {@code /v1}. Any number of instances may run. */
public final class ConsoleRole implements Service {
    private final Settings settings;
    private final ApiSettings api;
    private final ApiMetrics metrics;
    private final Clock clock;
    private final Routes routes;
    private final SecureRandom random = new SecureRandom();
    private final KeyDirectory keys;
    private final AccessGate gate;
    private final EndpointAdmin admin;
    private final SecretDeadlines deadlines;
    private final KafkaDeliveryLog log;
    private final RetiringKeys retiring;
    private @Nullable RunningRecoveries running;
    private volatile @Nullable ApiServer server;

    /** @param around each handler, from when the request was let in until it is answered */
    ConsoleRole(Settings settings, MeterRegistry registry, Clock clock, UnaryOperator<Routes.Handler> around) {
        this.routes = new Routes(around);
        this.settings = settings;
        this.api = ApiSettings.of(settings);
        this.metrics = new ApiMetrics(registry);
        this.clock = clock;
        this.keys = KeyDirectory.of(settings, System::nanoTime);
        this.gate = AccessGate.of(settings, keys, api::limit, InstantSource.system(), System::nanoTime);
        this.admin = EndpointAdmin.of(settings, clock, random);
        this.deadlines = new SecretDeadlines(admin, clock);
        this.log = KafkaDeliveryLog.create(settings, clock, registry);
        this.retiring = new RetiringKeys(admin.resealing(), api.resealPerSecond(), this.metrics);
    }

    /**
     * Builds the role. Connects to nothing yet.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every setting that is wrong
     */
    public static Service create(Settings settings, MeterRegistry metrics) {
        return new ConsoleRole(settings, metrics, Clock.systemUTC(), handler -> handler);
    }

    @Override
    public String name() {
        return "console";
    }

    /** Returns when requests are taken; they are refused until keys and endpoints have been read. */
    @Override
    public void start() throws IOException {
        admin.checkKeyRing();
        TopicLayout topics = TopicLayout.of(settings);
        try (Admin kafka = Admin.create(new KafkaProperties(settings).admin())) {
            TopicCheck.require(kafka, KeyDirectory.topics(topics));
        }
        keys.start();
        admin.start(settings);
        log.start();
        Recoveries recoveries = Recoveries.open(settings, this::view, clock, random);
        RunningRecoveries started = new RunningRecoveries(recoveries);
        running = started;
        new WebhookRoutes(admin, api).addTo(routes);
        new EventTypeRoutes(admin.profiles()).addTo(routes);
        ManualRetries retries = ManualRetries.of(settings, this::view, random);
        new RecoveryRoutes(admin, retries, recoveries, started).addTo(routes);
        TestDeliveries tests = new TestDeliveries(admin.profiles(), topics, clock, random);
        new TestRoutes(admin, tests, new KafkaProperties(settings), topics).addTo(routes);
        new DeliveryRoutes(admin, log).addTo(routes);
        OpenApi.addTo(routes);
        Answer topicsDescribed = new Answer(200, "ok", AsyncApi.document(topics), Map.of());
        routes.addForEverybody("GET", "/v1/asyncapi.json", call -> topicsDescribed);
        deadlines.start();
        retiring.start();
        server = ApiServer.start(api, routes, gate, metrics, random);
    }

    private Optional<EndpointView> view(EndpointId id) {
        return WebhookRoutes.known(admin).view(id);
    }

    /** What is answered, once started. */
    Routes routes() {
        return routes;
    }

    /** The port that it listens on, once started. */
    int port() {
        ApiServer current = server;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current.port();
    }

    /** Not ready while keys or endpoints are not known. */
    @Override
    public Health health() {
        if (server == null) {
            return Health.starting("not started");
        }
        if (admin.known().isEmpty()) {
            return Health.starting("the endpoints are not known, or not lately");
        }
        Health ofKeys = keys.health();
        // A log that has failed, as on a full disk, begins anew by itself; all but its own paths works meanwhile.
        Health ofLog = log.health();
        return ofKeys.ready() && ofLog.state() == Health.State.STARTING ? ofLog : ofKeys;
    }

    /** Takes no more requests and answers those under way. */
    @Override
    public void close() {
        ApiServer current = server;
        server = null;
        RunningRecoveries recoveries = running;
        try (keys;
                log;
                admin;
                deadlines;
                retiring;
                recoveries;
                current) {
            // Closed by leaving, in reverse.
        }
    }
}
