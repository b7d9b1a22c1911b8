package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.console.changes.Change;
import dev.hookswitch.console.changes.Changes;
import dev.hookswitch.console.endpoints.InvalidEndpoint.Code;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes endpoints and changes them. An answer means that Kafka has acknowledged the change with its audit row, and that this
 * instance shows it. Changes by any number of instances come one after the other, each decided on what the last one left;
 * what {@link Asked} demands is looked at then, too. Safe for many threads.
 */
public final class EndpointAdmin implements AutoCloseable {
    /** Changes that share a transaction at the most. */
    private static final int TOGETHER = 100;

    private final EndpointRules rules;
    private final EndpointDirectory directory;
    private final Changes<EndpointDraft> changes;
    private final Written written;
    private final Secrets secrets;
    private final WebhookIds ids;
    private final Clock clock;

    private EndpointAdmin(Settings settings, Clock clock, SecureRandom random) {
        SettingsReader reader = settings.reader();
        Duration overlap = reader.duration("console.secret-overlap", Duration.ofSeconds(1), Duration.ofDays(365));
        reader.done();
        TopicLayout topics = TopicLayout.of(settings);
        this.rules = EndpointRules.of(settings);
        this.secrets = new Secrets(SealerSource.of(settings, random), overlap, random);
        this.directory = new EndpointDirectory(settings, clock);
        this.changes = new Changes<>(new KafkaProperties(settings), topics, directory, TOGETHER, random);
        this.written = new Written(topics, clock);
        this.ids = new WebhookIds(random);
        this.clock = clock;
    }

    /**
     * Begins to read every endpoint.
     *
     * @throws dev.hookswitch.common.config.SettingsException when the settings are wrong
     * @throws IllegalStateException when Kafka does not answer, or the topics are not as declared
     */
    public static EndpointAdmin open(Settings settings, Clock clock, SecureRandom random) {
        EndpointAdmin admin = of(settings, clock, random);
        admin.start(settings);
        return admin;
    }

    /**
     * Connects to nothing yet.
     *
     * @throws dev.hookswitch.common.config.SettingsException when the settings are wrong
     */
    public static EndpointAdmin of(Settings settings, Clock clock, SecureRandom random) {
        return new EndpointAdmin(settings, clock, random);
    }

    /**
     * Looks at the topics and begins to read.
     *
     * @throws IllegalStateException when Kafka does not answer, or the topics are not as declared
     */
    public void start(Settings settings) {
        TopicLayout topics = TopicLayout.of(settings);
        List<TopicSpec> needed = new ArrayList<>(EndpointDirectory.topics(topics));
        needed.add(topics.spec(topics.audit()));
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            TopicCheck.require(admin, needed);
        }
        directory.start();
    }

    /**
     * Looks whether secrets can be sealed.
     *
     * @throws dev.hookswitch.common.config.SettingsException when there is no key ring
     */
    public void checkKeyRing() {
        secrets.check();
    }

    /** Seals secrets anew, for one thread. */
    public Resealing resealing() {
        return new Resealing(directory, changes, secrets, written);
    }

    /** The vendor profiles of this deployment. */
    public Profiles profiles() {
        return rules.profiles();
    }

    /** What is known; empty until everything was read, and when Kafka was not heard for {@code access.max-age}. */
    public Optional<EndpointsView> known() {
        return directory.known();
    }

    /** The endpoints of a tenant, or of all, with every change acknowledged before the call; by tenant, oldest first. */
    public List<EndpointView> list(Optional<String> tenant) {
        EndpointsView view = directory.fresh();
        return tenant.map(view::ofTenant).orElseGet(view::all).stream()
                .sorted(Comparator.comparing(Subscription::tenant)
                        .thenComparing(Subscription::createdAtMs)
                        .thenComparing(Subscription::webhookId))
                .map(view::view)
                .toList();
    }

    /** The endpoint with every change acknowledged before the call. */
    public Optional<EndpointView> get(EndpointId id) {
        return directory.fresh().view(id);
    }

    /** Makes an endpoint, however many its tenant has. */
    public CreatedEndpoint create(NewEndpoint endpoint, Asked asked) {
        return create(endpoint, OptionalInt.empty(), asked);
    }

    /**
     * Makes an endpoint, active at once.
     *
     * @param most endpoints that the tenant may have
     * @throws InvalidEndpoint when a field breaks its rule or the tenant has that many
     * @throws dev.hookswitch.common.config.SettingsException when there is no key ring to seal the secret
     */
    public CreatedEndpoint create(NewEndpoint endpoint, OptionalInt most, Asked asked) {
        rules.check(endpoint);
        EndpointId id = new EndpointId(endpoint.tenant(), ids.next());
        Secret secret = endpoint.secret().map(Secret::of).orElseGet(secrets::generate);
        SealedSecret sealed = secrets.seal(id, 1, secret);
        return change(asked, this::secretOf, draft -> {
            int has = draft.ofTenant(endpoint.tenant()).size();
            if (most.isPresent() && has >= most.getAsInt()) {
                throw new InvalidEndpoint(
                        Code.WEBHOOK_LIMIT_REACHED,
                        "limits.max_webhooks",
                        "the tenant may have " + most.getAsInt() + " webhooks and has " + has);
            }
            Subscription made = endpoint.made(id, sealed, clock.millis());
            return written.put(made, new CreatedEndpoint(made, secret), Action.ENDPOINT_CREATED, asked);
        });
    }

    /**
     * Changes the endpoint; when nothing is otherwise afterwards, nothing is written.
     *
     * @throws InvalidEndpoint when there is no such endpoint, it has another revision, or a field breaks its rule
     */
    public EndpointView update(EndpointId id, EndpointChange wanted, Asked asked) {
        return edit(id, Action.ENDPOINT_UPDATED, asked, (old, draft) -> {
            rules.check(old.profile(), wanted);
            return new Edit(old).apply(wanted, draft.status(id));
        });
    }

    /**
     * Switches the endpoint on, whoever switched it off, under a new activation: failures so far no longer count.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public EndpointView enable(EndpointId id, Asked asked) {
        return edit(id, Action.ENDPOINT_UPDATED, asked, (old, draft) -> new Edit(old).enable());
    }

    /**
     * Switches the endpoint off for its tenant. An endpoint that is off already stays as it is.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public EndpointView disable(EndpointId id, Asked asked) {
        return update(id, EndpointChange.off(), asked);
    }

    /**
     * Limits how many deliveries per second the endpoint gets; without a number, the deployment's default counts.
     *
     * @throws InvalidEndpoint when there is no such endpoint, or no endpoint may have this limit
     */
    public EndpointView limit(EndpointId id, OptionalDouble maxPerSecond, Asked asked) {
        return update(id, EndpointChange.limit(maxPerSecond), asked);
    }

    /**
     * Sets the delays before the retries of the endpoint's failed deliveries, for those that wait already too; without any,
     * its profile's count.
     *
     * @throws InvalidEndpoint when there is no such endpoint, or no endpoint may have these delays
     */
    public EndpointView retries(EndpointId id, Optional<List<String>> delays, Asked asked) {
        return update(id, EndpointChange.retries(delays), asked);
    }

    /**
     * Deletes the endpoint.
     *
     * @throws InvalidEndpoint when there is no such endpoint, or it has another revision
     */
    public void remove(EndpointId id, Asked asked) {
        Boolean unused = change(asked, row -> true, draft -> written.remove(existing(draft, id, asked), asked));
    }

    /**
     * Makes a second secret, which signs behind the first until it is activated, by call or when it is due.
     *
     * @param own the owner's own secret in the clear; one is generated when there is none
     * @throws InvalidEndpoint when there is no such endpoint, it has another revision, a rotation is pending, or its profile
     *     can carry no second signature
     */
    public CreatedEndpoint rotate(EndpointId id, Optional<String> own, Asked asked) {
        Secret secret = secret(own);
        return change(asked, this::secretOf, draft -> {
            Subscription old = existing(draft, id, asked);
            rules.checkOverlap(old.profile());
            Subscription made = secrets.rotate(old, secret, clock.millis());
            return written.put(made, new CreatedEndpoint(made, secret), Action.SECRET_ROTATED, asked);
        });
    }

    /**
     * Brings the newer secret of a rotation to the front; the older one signs behind it until it is dropped.
     *
     * @throws InvalidEndpoint when there is no such endpoint, it has another revision, or no rotation is pending
     */
    public EndpointView activate(EndpointId id, Asked asked) {
        return edit(id, Action.SECRET_ACTIVATED, asked, (old, draft) -> secrets.activate(old, clock.millis()));
    }

    /**
     * Puts a new secret in the place of all others, at once.
     *
     * @param own the owner's own secret in the clear; one is generated when there is none
     * @throws InvalidEndpoint when there is no such endpoint, or it has another revision
     */
    public CreatedEndpoint regenerate(EndpointId id, Optional<String> own, Asked asked) {
        Secret secret = secret(own);
        return change(asked, this::secretOf, draft -> {
            Subscription made = secrets.regenerate(existing(draft, id, asked), secret, clock.millis());
            return written.put(made, new CreatedEndpoint(made, secret), Action.SECRET_REGENERATED, asked);
        });
    }

    /** Goes on with a rotation that is due; does nothing when none is any more. */
    public EndpointView advance(EndpointId id, Asked asked) {
        return change(asked, EndpointAdmin::again, draft -> {
            Subscription old = existing(draft, id, asked);
            Long due = old.secretsDueAtMs();
            if (due == null || due > clock.millis()) {
                return Change.none(draft.view(old));
            }
            boolean pending = Rotation.of(old) == Rotation.PENDING;
            Subscription made = pending
                    ? secrets.activate(old, clock.millis()).done(clock.millis())
                    : Secrets.retire(old).done(clock.millis());
            Action action = pending ? Action.SECRET_ACTIVATED : Action.SECRET_RETIRED;
            return written.put(made, draft.view(made), action, asked);
        });
    }

    /**
     * Puts a delivery of the endpoint once more, in one transaction with its audit.
     *
     * @param recoveryId of the new try
     * @param before how the delivery had ended
     * @param record the delivery
     * @return the request as it is answered: this one, or the first of its name
     * @throws InvalidEndpoint when there is no such endpoint
     */
    public ApiRequestRow retry(
            EndpointId id, String recoveryId, OutcomeRow before, ProducerRecord<byte[], byte[]> record, Asked asked) {
        return change(
                asked,
                row -> row,
                draft -> written.retry(existing(draft, id, asked), recoveryId, before, record, asked));
    }

    /** Makes a test delivery of that type. */
    @FunctionalInterface
    public interface TestMaker {
        PreparedTest make(Subscription endpoint, String type);
    }

    /**
     * Sends a test to the endpoint, in one transaction with its audit.
     *
     * @param type of the sample; without it the first type that the endpoint asks for
     * @return the request as it is answered: this one, or the first of its name
     * @throws InvalidEndpoint when there is no such endpoint, it gets no POSTs, or does not ask for that type
     */
    public ApiRequestRow test(EndpointId id, Optional<String> type, TestMaker maker, Asked asked) {
        return change(asked, row -> row, draft -> {
            Subscription endpoint = existing(draft, id, asked);
            switch (draft.view(endpoint).state()) {
                case ACTIVE, FAILING -> {}
                case INACTIVE, DISABLED ->
                    throw new InvalidEndpoint(
                            Code.ENDPOINT_DISABLED, "status", "the webhook gets nothing now: enable it first");
            }
            String chosen =
                    TestTypes.of(rules.profiles().get(endpoint.profile()).profile(), endpoint.events(), type);
            return written.test(endpoint, maker.make(endpoint, chosen), asked);
        });
    }

    /** Remembers that a recovery was begun or cancelled, for a repeat of the request and for the audit. */
    public ApiRequestRow noted(EndpointId id, Action action, String recoveryId, Asked asked) {
        return change(asked, row -> row, draft -> written.noted(existing(draft, id, asked), action, recoveryId, asked));
    }

    /** The request as it was answered, when it was made before. */
    public Optional<ApiRequestRow> answered(Asked asked) {
        return asked.once()
                .flatMap(once -> directory.draft().answered(once.requestKey()).map(row -> Written.same(row, once)));
    }

    /** A change of the record alone. */
    @FunctionalInterface
    private interface Editing {
        Edit edit(Subscription old, EndpointsView view);
    }

    private EndpointView edit(EndpointId id, Action action, Asked asked, Editing editing) {
        return change(asked, EndpointAdmin::again, draft -> {
            Subscription old = existing(draft, id, asked);
            Subscription made = editing.edit(old, draft).done(clock.millis());
            return made.equals(old) ? Change.none(draft.view(old)) : written.put(made, draft.view(made), action, asked);
        });
    }

    /** @param again makes the answer of a request that was made before */
    private <R> R change(
            Asked asked, Function<ApiRequestRow, R> again, Function<EndpointDraft, Change<R, EndpointDraft>> decide) {
        return changes.make(draft -> asked.once()
                .flatMap(once -> draft.answered(once.requestKey()).map(row -> Written.same(row, once)))
                .map(row -> Change.<R, EndpointDraft>none(again.apply(row)))
                .orElseGet(() -> decide.apply(draft)));
    }

    private static EndpointView again(ApiRequestRow row) {
        return new EndpointView(Written.endpoint(row), Optional.empty());
    }

    /** A lost answer must not be a lost secret: who repeats the request gets it again. */
    private CreatedEndpoint secretOf(ApiRequestRow row) {
        Subscription endpoint = Written.endpoint(row);
        return new CreatedEndpoint(endpoint, secrets.open(endpoint));
    }

    private static Subscription existing(EndpointsView view, EndpointId id, Asked asked) {
        Subscription found = view.find(id).orElseThrow(() -> InvalidEndpoint.notFound(id.webhookId()));
        asked.revision().filter(revision -> revision != found.revision()).ifPresent(revision -> {
            throw new InvalidEndpoint(
                    Code.REVISION_MISMATCH,
                    "If-Match",
                    "the webhook has the revision " + found.revision() + ", not " + revision);
        });
        return found;
    }

    private Secret secret(Optional<String> own) {
        own.ifPresent(EndpointRules::checkSecret);
        return own.map(Secret::of).orElseGet(secrets::generate);
    }

    @Override
    public void close() {
        changes.close();
        directory.close();
    }
}
