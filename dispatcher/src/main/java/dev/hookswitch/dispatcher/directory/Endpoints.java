package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.common.model.EndpointId;

/** What is known of the endpoints now. */
@FunctionalInterface
public interface Endpoints {
    /**
     * Looks an endpoint up; never blocks.
     *
     * @param madeFor the activation for which the delivery was made
     */
    Lookup find(EndpointId id, long madeFor);
}
