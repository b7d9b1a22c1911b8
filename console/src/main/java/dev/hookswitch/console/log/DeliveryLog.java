package dev.hookswitch.console.log;

import dev.hookswitch.common.model.EndpointId;
import java.util.Optional;

/**
 * What became of the deliveries of endpoints. It tells what {@code delivery-attempts} and {@code delivery-outcomes} say, a
 * moment later: a delivery that nobody has attempted, put off or ended is not in it yet. Safe for many threads.
 */
public interface DeliveryLog {

    /**
     * One delivery of an endpoint.
     *
     * @return nothing when the endpoint has no such delivery, or had it before the time that the log keeps
     * @throws LogUnavailable when nobody can say now
     */
    Optional<LoggedDelivery> find(EndpointId endpoint, String deliveryId);

    /**
     * A page of the deliveries of an endpoint, newest first by the time of their events. What was there when the first page
     * was made comes exactly once over the pages, whatever is added meanwhile; what is added comes if its event is older than
     * what has been shown. A delivery that changes meanwhile is judged as it is when its page is made.
     *
     * @throws IllegalArgumentException when the cursor is none; the message names the field and the rule
     * @throws LogUnavailable when nobody can say now
     */
    LogPage list(EndpointId endpoint, LogQuery query);
}
