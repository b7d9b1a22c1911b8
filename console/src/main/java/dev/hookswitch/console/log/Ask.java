package dev.hookswitch.console.log;

import dev.hookswitch.common.model.EndpointId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question about an endpoint, as one console asks another: for one delivery or for a page.
 *
 * @param deliveryId of the delivery, or null
 * @param query for the page, or null
 */
record Ask(
        EndpointId endpoint,
        @Nullable String deliveryId,
        @Nullable LogQuery query) {
    Ask {
        Objects.requireNonNull(endpoint, "endpoint");
        if ((deliveryId == null) == (query == null)) {
            throw new IllegalArgumentException("either delivery_id or query must be there");
        }
    }

    /** Asks a store. */
    Answer of(PartitionStore store) {
        return query != null
                ? Answer.page(store.list(endpoint, query))
                : Answer.delivery(
                        store.find(endpoint, Objects.requireNonNull(deliveryId)).orElse(null));
    }
}
