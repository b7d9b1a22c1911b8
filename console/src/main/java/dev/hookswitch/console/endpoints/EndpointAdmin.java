package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes endpoints and switches them. Each call first takes in every change that was acknowledged before it, whoever made
 * it; an answer means that Kafka has acknowledged the change. Calls on one instance exclude each other. Two instances
 * that change the same endpoint at the same moment may overwrite each other.
 */
public final class EndpointAdmin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointAdmin.class);
    private static final int FIRST_SECRET = 1;

    private final EndpointRules rules;
    private final EndpointTable table;
    private final SubscriptionWriter writer;
    private final SealerSource sealers;
    private final WebhookIds ids;
    private final Clock clock;
    private final SecureRandom random;

    private EndpointAdmin(
            EndpointRules rules,
            EndpointTable table,
            SubscriptionWriter writer,
            SealerSource sealers,
            Clock clock,
            SecureRandom random) {
        this.rules = rules;
        this.table = table;
        this.writer = writer;
        this.sealers = sealers;
        this.ids = new WebhookIds(random);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads every endpoint.
     *
     * @throws dev.hookswitch.common.config.SettingsException when the settings are wrong
     * @throws IllegalStateException when Kafka does not answer, or the topics are not as declared
     */
    public static EndpointAdmin open(Settings settings, Clock clock, SecureRandom random) {
        TopicLayout topics = TopicLayout.of(settings);
        EndpointRules rules = EndpointRules.of(settings);
        SealerSource sealers = SealerSource.of(settings, random);
        KafkaProperties kafka = new KafkaProperties(settings);
        TopicSpec subscriptions = topics.spec(topics.subscriptions());
        try (Admin admin = Admin.create(kafka.admin())) {
            TopicCheck.require(admin, List.of(subscriptions, topics.spec(topics.endpointStatus())));
        }
        EndpointTable table = new EndpointTable(kafka, topics);
        table.refresh();
        return new EndpointAdmin(rules, table, new SubscriptionWriter(kafka, subscriptions), sealers, clock, random);
    }

    /**
     * Makes an endpoint, active at once.
     *
     * @throws InvalidEndpoint when a field breaks its rule
     * @throws dev.hookswitch.common.config.SettingsException when there is no key ring to seal the secret
     */
    public synchronized CreatedEndpoint create(NewEndpoint endpoint) {
        rules.check(endpoint);
        SecretSealer sealer = sealers.get();
        Secret secret = endpoint.secret().map(Secret::of).orElseGet(() -> Secret.generate(random));
        EndpointId id = new EndpointId(endpoint.tenant(), ids.next());
        SealedSecret sealed = sealer.seal(id, FIRST_SECRET, secret);
        long now = clock.millis();
        Subscription subscription = new Subscription(
                id.tenant(),
                id.webhookId(),
                endpoint.profile(),
                endpoint.name(),
                endpoint.url(),
                endpoint.events(),
                endpoint.maxPerSecond().isPresent() ? endpoint.maxPerSecond().getAsDouble() : null,
                endpoint.retryDelays().orElse(null),
                true,
                1,
                1,
                List.of(sealed),
                now,
                now);
        write(subscription, "created");
        return new CreatedEndpoint(subscription, secret);
    }

    /** The endpoints of a tenant, or of all; by tenant, oldest first. */
    public synchronized List<EndpointView> list(Optional<String> tenant) {
        table.refresh();
        return table.all().stream()
                .filter(subscription -> tenant.isEmpty() || tenant.get().equals(subscription.tenant()))
                .sorted(Comparator.comparing(Subscription::tenant)
                        .thenComparing(Subscription::createdAtMs)
                        .thenComparing(Subscription::webhookId))
                .map(this::view)
                .toList();
    }

    public synchronized Optional<EndpointView> get(EndpointId id) {
        table.refresh();
        return table.find(id).map(this::view);
    }

    /**
     * Switches the endpoint on, whoever switched it off, under a new activation: failures so far no longer count.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public synchronized EndpointView enable(EndpointId id) {
        Subscription now = existing(id);
        return write(changed(now, now.maxPerSecond(), now.retryDelays(), true, now.activation() + 1), "enabled");
    }

    /**
     * Switches the endpoint off for its tenant. An endpoint that is off already stays as it is.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public synchronized EndpointView disable(EndpointId id) {
        Subscription now = existing(id);
        return now.active()
                ? write(changed(now, now.maxPerSecond(), now.retryDelays(), false, now.activation()), "disabled")
                : view(now);
    }

    /**
     * Limits how many deliveries per second the endpoint gets; without a number, the deployment's default counts.
     *
     * @throws InvalidEndpoint when there is no such endpoint, or no endpoint may have this limit
     */
    public synchronized EndpointView limit(EndpointId id, OptionalDouble maxPerSecond) {
        maxPerSecond.ifPresent(EndpointRules::checkMaxPerSecond);
        Subscription now = existing(id);
        Double limit = maxPerSecond.isPresent() ? maxPerSecond.getAsDouble() : null;
        return write(changed(now, limit, now.retryDelays(), now.active(), now.activation()), "limited");
    }

    /**
     * Sets the delays before the retries of the endpoint's failed deliveries, for those that wait already too; without any,
     * its profile's count.
     *
     * @throws InvalidEndpoint when there is no such endpoint, or no endpoint may have these delays
     */
    public synchronized EndpointView retries(EndpointId id, Optional<List<String>> delays) {
        delays.ifPresent(rules::checkRetryDelays);
        Subscription now = existing(id);
        return write(
                changed(now, now.maxPerSecond(), delays.orElse(null), now.active(), now.activation()), "retries set");
    }

    /**
     * Deletes the endpoint.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public synchronized void remove(EndpointId id) {
        Subscription now = existing(id);
        writer.remove(id);
        table.remove(id);
        log("removed", now);
    }

    private Subscription existing(EndpointId id) {
        table.refresh();
        return table.find(id).orElseThrow(() -> InvalidEndpoint.notFound(id.webhookId()));
    }

    private Subscription changed(
            Subscription old,
            @Nullable Double maxPerSecond,
            @Nullable List<String> retryDelays,
            boolean active,
            long activation) {
        return new Subscription(
                old.tenant(),
                old.webhookId(),
                old.profile(),
                old.name(),
                old.url(),
                old.events(),
                maxPerSecond,
                retryDelays,
                active,
                activation,
                old.revision() + 1,
                old.secrets(),
                old.createdAtMs(),
                clock.millis());
    }

    private EndpointView write(Subscription subscription, String what) {
        writer.put(subscription);
        table.put(subscription);
        log(what, subscription);
        return view(subscription);
    }

    private EndpointView view(Subscription subscription) {
        return new EndpointView(subscription, table.status(subscription.id()));
    }

    private static void log(String what, Subscription subscription) {
        LOG.info(
                "endpoint {} tenant={} webhook_id={} profile={} activation={} revision={}",
                what,
                subscription.tenant(),
                subscription.webhookId(),
                subscription.profile(),
                subscription.activation(),
                subscription.revision());
    }

    @Override
    public synchronized void close() {
        writer.close();
    }
}
