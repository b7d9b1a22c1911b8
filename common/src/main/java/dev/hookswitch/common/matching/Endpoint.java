package dev.hookswitch.common.matching;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import java.util.Set;

/**
 * What of an endpoint decides whether an event goes there. No URL and no secret.
 *
 * @param id names it
 * @param profile makes its bodies
 * @param events the types it wants, or {@link Subscription#EVERY_EVENT}
 * @param activation the subscription's activation
 * @param state whether it gets deliveries now
 */
public record Endpoint(EndpointId id, LoadedProfile profile, Set<String> events, long activation, State state) {

    /** Whether an endpoint gets deliveries. */
    public enum State {
        ACTIVE,
        /** Switched off by its tenant. */
        INACTIVE,
        /** Disabled after too many failures. */
        DISABLED
    }

    /** Whether it asks for every type of its profile. */
    public boolean wantsEverything() {
        return events.contains(Subscription.EVERY_EVENT);
    }

    /** Whether it asks for the type and may be sent it. */
    public boolean wants(String eventType) {
        return profile.profile().sends(events, eventType);
    }
}
