package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import java.util.Collection;
import java.util.Optional;

/** Endpoints as they are known now. Safe for many threads. */
public interface EndpointsView {
    Optional<Subscription> find(EndpointId id);

    /** What the retry-scheduler last said of the endpoint. */
    Optional<EndpointStatus> status(EndpointId id);

    /** The endpoints of a tenant; in no order. */
    Collection<Subscription> ofTenant(String tenant);

    /** Every endpoint; in no order. */
    Collection<Subscription> all();

    /** The request of that name, when it made a change not too long ago. */
    Optional<ApiRequestRow> answered(String requestKey);

    /** The requests that made a change not too long ago; in no order. */
    Collection<ApiRequestRow> answers();

    /** Whether it was seen that the endpoint was deleted; a deletion of long ago may be forgotten. */
    boolean isDeleted(EndpointId id);

    /** The endpoint with how it fares. */
    default Optional<EndpointView> view(EndpointId id) {
        return find(id).map(this::view);
    }

    /** The endpoint with how it fares. */
    default EndpointView view(Subscription subscription) {
        return new EndpointView(subscription, status(subscription.id()));
    }
}
