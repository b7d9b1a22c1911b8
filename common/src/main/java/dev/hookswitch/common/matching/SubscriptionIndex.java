package dev.hookswitch.common.matching;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The two compacted topics as matching needs them: for each tenant an immutable {@link TenantEndpoints}. A change drops
 * the tenant's; the first event after it makes the next, so that reading a long topic costs nothing per record. Written by
 * the thread that reads the topics, read by those that read events.
 */
public final class SubscriptionIndex {
    private final ConcurrentMap<String, TenantEndpoints> views = new ConcurrentHashMap<>();
    /** Guarded by this, as are the statuses. Sorted, so that deliveries of an event always come in the same order. */
    private final Map<String, SortedMap<String, Known>> tenants = new HashMap<>();
    /** Only those that disable. May be of endpoints that are not here, or not yet: the topics are read side by side. */
    private final Map<EndpointId, EndpointStatus> disabled = new HashMap<>();

    private int endpoints;

    /** What matters of a subscription. */
    private record Known(LoadedProfile profile, Set<String> events, boolean active, long activation) {}

    /** The endpoints of a tenant as they are now. */
    public TenantEndpoints of(String tenant) {
        TenantEndpoints view = views.get(tenant);
        return view != null ? view : makeView(tenant);
    }

    /** How many endpoints there are. */
    public synchronized int size() {
        return endpoints;
    }

    /** Takes a new or changed subscription, whose profile is this. */
    public synchronized void put(Subscription subscription, LoadedProfile profile) {
        Known now = new Known(profile, subscription.events(), subscription.active(), subscription.activation());
        Known before = tenants.computeIfAbsent(subscription.tenant(), tenant -> new TreeMap<>())
                .put(subscription.webhookId(), now);
        endpoints += before == null ? 1 : 0;
        if (!now.equals(before)) {
            views.remove(subscription.tenant());
        }
    }

    /** Forgets a subscription. */
    public synchronized void removeSubscription(EndpointId id) {
        SortedMap<String, Known> tenant = tenants.get(id.tenant());
        if (tenant != null && tenant.remove(id.webhookId()) != null) {
            endpoints--;
            if (tenant.isEmpty()) {
                tenants.remove(id.tenant());
            }
            views.remove(id.tenant());
        }
    }

    /** Takes a new or changed status. */
    public synchronized void put(EndpointStatus status) {
        if (status.state() == EndpointStatus.State.DISABLED) {
            disabled.put(status.id(), status);
            views.remove(status.tenant());
        } else {
            removeStatus(status.id());
        }
    }

    /** Forgets a status: the endpoint counts as healthy. */
    public synchronized void removeStatus(EndpointId id) {
        if (disabled.remove(id) != null) {
            views.remove(id.tenant());
        }
    }

    private synchronized TenantEndpoints makeView(String tenant) {
        SortedMap<String, Known> known = tenants.get(tenant);
        if (known == null) {
            // Not kept: events may name any number of tenants that have no endpoint.
            return TenantEndpoints.NONE;
        }
        TenantEndpoints view = new TenantEndpoints(known.entrySet().stream()
                .map(entry -> endpoint(new EndpointId(tenant, entry.getKey()), entry.getValue()))
                .toList());
        views.put(tenant, view);
        return view;
    }

    private Endpoint endpoint(EndpointId id, Known known) {
        return new Endpoint(id, known.profile(), known.events(), known.activation(), state(known, disabled.get(id)));
    }

    private static Endpoint.State state(Known known, @Nullable EndpointStatus status) {
        if (!known.active()) {
            return Endpoint.State.INACTIVE;
        }
        return status != null && status.disables(known.activation()) ? Endpoint.State.DISABLED : Endpoint.State.ACTIVE;
    }
}
