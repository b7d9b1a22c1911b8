package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Endpoints, their status and the latest requests, as their topics hold them. Written by one thread, read by any. */
final class EndpointTable implements EndpointsView {
    /** Deletions that are remembered. */
    private static final int MAX_DELETED = 10_000;

    private final Duration answersKept;
    private final InstantSource clock;
    private final Map<String, Map<String, Subscription>> byTenant = new ConcurrentHashMap<>();
    private final Map<EndpointId, EndpointStatus> statuses = new ConcurrentHashMap<>();
    private final Map<String, ApiRequestRow> answers = new ConcurrentHashMap<>();
    private final Queue<ApiRequestRow> answersByAge = new ArrayDeque<>();
    private final Set<EndpointId> deleted = ConcurrentHashMap.newKeySet();
    private final Queue<EndpointId> deletedByAge = new ArrayDeque<>();

    /** @param answersKept for how long a request is known */
    EndpointTable(Duration answersKept, InstantSource clock) {
        this.answersKept = answersKept;
        this.clock = clock;
    }

    @Override
    public Optional<Subscription> find(EndpointId id) {
        return Optional.ofNullable(endpoints(id.tenant()).get(id.webhookId()));
    }

    @Override
    public Optional<EndpointStatus> status(EndpointId id) {
        return Optional.ofNullable(statuses.get(id));
    }

    @Override
    public Collection<Subscription> ofTenant(String tenant) {
        return List.copyOf(endpoints(tenant).values());
    }

    @Override
    public Collection<Subscription> all() {
        return byTenant.values().stream()
                .flatMap(endpoints -> endpoints.values().stream())
                .toList();
    }

    @Override
    public Optional<ApiRequestRow> answered(String requestKey) {
        return Optional.ofNullable(answers.get(requestKey)).filter(row -> !isTooOld(row));
    }

    @Override
    public Collection<ApiRequestRow> answers() {
        return answers.values().stream().filter(row -> !isTooOld(row)).toList();
    }

    @Override
    public boolean isDeleted(EndpointId id) {
        return deleted.contains(id);
    }

    private Map<String, Subscription> endpoints(String tenant) {
        return byTenant.getOrDefault(tenant, Map.of());
    }

    /**
     * Takes a record of {@code subscriptions}; one that cannot be read changes nothing.
     *
     * @throws IllegalArgumentException when it is not an endpoint's
     */
    void takeSubscription(String key, byte @Nullable [] value) {
        EndpointId id = EndpointId.parse(key);
        Map<String, Subscription> endpoints =
                byTenant.computeIfAbsent(id.tenant(), tenant -> new ConcurrentHashMap<>());
        if (value == null) {
            endpoints.remove(id.webhookId());
            rememberDeleted(id);
        } else {
            Subscription row = Wire.read(value, Subscription.class);
            require(row.id().equals(id));
            endpoints.put(id.webhookId(), row);
        }
    }

    /**
     * Takes a record of {@code endpoint-status}; one that cannot be read changes nothing.
     *
     * @throws IllegalArgumentException when it is not an endpoint's status
     */
    void takeStatus(String key, byte @Nullable [] value) {
        EndpointId id = EndpointId.parse(key);
        if (value == null) {
            statuses.remove(id);
        } else {
            EndpointStatus row = Wire.read(value, EndpointStatus.class);
            require(row.id().equals(id));
            statuses.put(id, row);
        }
    }

    /**
     * Takes a record of {@code api-requests}.
     *
     * @throws IllegalArgumentException when it is not a request
     */
    void takeRequest(String key, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        ApiRequestRow row = Wire.read(value, ApiRequestRow.class);
        require(row.requestKey().equals(key));
        answers.put(key, row);
        answersByAge.add(row);
        for (ApiRequestRow oldest = answersByAge.peek();
                oldest != null && isTooOld(oldest);
                oldest = answersByAge.peek()) {
            // A later one of that name stays.
            answers.remove(oldest.requestKey(), oldest);
            answersByAge.remove();
        }
    }

    private boolean isTooOld(ApiRequestRow row) {
        return row.atMs() + answersKept.toMillis() < clock.millis();
    }

    private void rememberDeleted(EndpointId id) {
        if (deleted.add(id)) {
            deletedByAge.add(id);
        }
        if (deletedByAge.size() > MAX_DELETED) {
            deleted.remove(deletedByAge.remove());
        }
    }

    private static void require(boolean same) {
        if (!same) {
            throw new IllegalArgumentException("key and value name different things");
        }
    }
}
