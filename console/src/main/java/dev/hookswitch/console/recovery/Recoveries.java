package dev.hookswitch.console.recovery;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Range;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * Recovers what endpoints did not get. An endpoint has one recovery at a time; one that was interrupted goes on when it is
 * asked for again, and each delivery is put exactly once. Safe for several threads, processes included: the last that begins
 * goes on, the others are shut out.
 */
public final class Recoveries {
    private final RecoverySettings settings;
    private final RecoveryClients clients;
    private final Finder finder;
    private final RecoveryTable table;
    private final Function<EndpointId, Optional<EndpointView>> endpoints;
    private final RecoveryIds ids;
    private final Clock clock;

    /** @param clients makes the Kafka clients */
    Recoveries(
            RecoverySettings settings,
            RecoveryClients clients,
            Function<EndpointId, Optional<EndpointView>> endpoints,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.clients = clients;
        Log log = new Log(clients);
        this.finder = new Finder(settings, log);
        this.table = new RecoveryTable(log, settings.recoveriesTopic());
        this.endpoints = endpoints;
        this.ids = new RecoveryIds(random);
        this.clock = clock;
    }

    /**
     * Looks whether the topics are there. Holds nothing open.
     *
     * @param endpoints finds an endpoint as it is now
     * @throws dev.hookswitch.common.config.SettingsException when the settings are wrong
     * @throws IllegalStateException when Kafka does not answer, or the topics are not as declared
     */
    public static Recoveries open(
            Settings settings,
            Function<EndpointId, Optional<EndpointView>> endpoints,
            Clock clock,
            SecureRandom random) {
        RecoverySettings read = RecoverySettings.of(settings);
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            TopicCheck.require(admin, read.topics().specs());
        }
        return new Recoveries(read, new RecoveryClients(read.kafka()), endpoints, clock, random);
    }

    /**
     * What a recovery would put, or the rest of the endpoint's when that was interrupted. Changes nothing.
     *
     * @throws InvalidEndpoint when there is no such endpoint
     * @throws RecoveryRefused when the time is not in the past, a recovery of the other kind has not ended, or there are too
     *     many
     */
    public RecoveryCount count(RecoveryRequest request) {
        checkSince(request);
        Subscription subscription = existing(request.endpoint()).subscription();
        Optional<RecoveryRow> unfinished = unfinished(request);
        List<Place> places = unfinished
                .map(row -> left(row, subscription))
                .orElseGet(() -> finder.find(request, finder.ranges(request), subscription));
        Instant since = unfinished.map(RecoveryRequest::of).orElse(request).since();
        return new RecoveryCount(places.size(), finder.gone(places), since);
    }

    /**
     * Begins a recovery, or goes on with the endpoint's when it was interrupted, from the time for which that was begun. Finds
     * what there is to put and writes that down; {@link RecoveryRun#run} puts it. Another process that works on it is shut out.
     *
     * @param perSecond deliveries per second; else the setting's. Never more than half of the endpoint's limit
     * @throws InvalidEndpoint when there is no such endpoint
     * @throws RecoveryRefused when the time is not in the past, the endpoint is disabled, a recovery of the other kind has not
     *     ended, there are too many, or another process takes the endpoint's recovery meanwhile
     */
    public RecoveryRun begin(RecoveryRequest request, OptionalDouble perSecond) {
        checkSince(request);
        Subscription subscription = receiving(request.endpoint()).subscription();
        // Before another process is shut out for nothing.
        unfinished(request);
        Ledger ledger = Ledger.take(settings, clients, request.endpoint());
        try {
            double rate = settings.rate(subscription, perSecond);
            Optional<RecoveryRow> unfinished = unfinished(request);
            if (unfinished.isPresent()) {
                RecoveryRow row = unfinished.get();
                return run(ledger, row, left(row, subscription), true, subscription, rate);
            }
            List<Range> ranges = finder.ranges(request);
            List<Place> places = finder.find(request, ranges, subscription);
            RecoveryRow row = first(request, ranges, places.size());
            ledger.write(List.of(), row);
            return run(ledger, row, places, false, subscription, rate);
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    private RecoveryRun run(
            Ledger ledger,
            RecoveryRow row,
            List<Place> places,
            boolean resumed,
            Subscription subscription,
            double perSecond) {
        EndpointId endpoint = subscription.id();
        RecoveryRun.Parts parts = new RecoveryRun.Parts(
                ledger,
                new Maker(settings, clients, subscription, row.recoveryId()),
                new Unanswered(clients.reader(), settings.topics(), endpoint, row.recoveryId()),
                () -> receiving(endpoint),
                clock,
                System::nanoTime);
        return new RecoveryRun(parts, row, places, resumed, perSecond);
    }

    private RecoveryRow first(RecoveryRequest request, List<Range> ranges, long found) {
        long now = clock.millis();
        return new RecoveryRow(
                ids.next(),
                request.kind(),
                request.endpoint().tenant(),
                request.endpoint().webhookId(),
                RecoveryRow.State.RUNNING,
                request.since().toEpochMilli(),
                ranges,
                found,
                0,
                0,
                0,
                null,
                now,
                now);
    }

    /** The endpoint's recoveries, the newest first. */
    public List<RecoveryRow> of(EndpointId endpoint) {
        return table.of(endpoint);
    }

    /**
     * Gives up the recovery that has not ended. What it has put stays put.
     *
     * @throws RecoveryRefused when there is none
     */
    public RecoveryRow cancel(EndpointId endpoint) {
        try (Ledger ledger = Ledger.take(settings, clients, endpoint)) {
            RecoveryRow row = running(endpoint)
                    .orElseThrow(() -> new RecoveryRefused(
                            Code.NO_RECOVERY, endpoint.webhookId() + " has no recovery that has not ended"));
            RecoveryRow cancelled = row.ended(RecoveryRow.State.CANCELLED, clock.millis());
            ledger.write(List.of(), cancelled);
            return cancelled;
        }
    }

    private void checkSince(RecoveryRequest request) {
        Instant now = clock.instant();
        if (request.since().isBefore(Instant.EPOCH) || request.since().isAfter(now)) {
            throw new RecoveryRefused(
                    Code.INVALID_SINCE,
                    "since must be from " + Instant.EPOCH + " to now, " + now + ", was " + request.since());
        }
    }

    private Optional<RecoveryRow> running(EndpointId endpoint) {
        return table.of(endpoint).stream()
                .filter(row -> row.state() == RecoveryRow.State.RUNNING)
                .findFirst();
    }

    /** The endpoint's recovery when it was interrupted. */
    private Optional<RecoveryRow> unfinished(RecoveryRequest request) {
        Optional<RecoveryRow> running = running(request.endpoint());
        running.filter(row -> row.kind() != request.kind()).ifPresent(other -> {
            throw new RecoveryRefused(
                    Code.RECOVERY_UNFINISHED,
                    "a recovery of what " + other.webhookId()
                            + (other.kind() == RecoveryRow.Kind.MISSED ? " missed" : " did not get") + " since "
                            + Instant.ofEpochMilli(other.sinceMs()) + " has not ended: end or cancel it first");
        });
        return running;
    }

    private List<Place> left(RecoveryRow row, Subscription subscription) {
        List<Place> found = finder.find(RecoveryRequest.of(row), row.ranges(), subscription);
        Place last = row.last();
        return last == null
                ? found
                : found.stream().filter(place -> place.compareTo(last) > 0).toList();
    }

    private EndpointView existing(EndpointId endpoint) {
        return endpoints.apply(endpoint).orElseThrow(() -> InvalidEndpoint.notFound(endpoint.webhookId()));
    }

    private EndpointView receiving(EndpointId endpoint) {
        return Receiving.require(existing(endpoint));
    }
}
