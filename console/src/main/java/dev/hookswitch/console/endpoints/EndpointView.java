package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint as its tenant wants it and as it fares.
 *
 * @param subscription what its tenant wants
 * @param status what the retry-scheduler last said of it; it may speak of an older activation
 */
public record EndpointView(Subscription subscription, Optional<EndpointStatus> status) {

    /** How an endpoint is, in one word. */
    public enum State {
        /** Gets POSTs, and nothing is known against it. */
        ACTIVE("active"),
        /** Switched off by its tenant. */
        INACTIVE("inactive"),
        /** Gets POSTs, and the last ones failed. */
        FAILING("failing"),
        /** Switched off because it kept failing; enabling it helps. */
        DISABLED("disabled");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it stands in answers. */
        public String word() {
            return word;
        }
    }

    public EndpointView {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(status, "status");
    }

    public EndpointId id() {
        return subscription.id();
    }

    /** How the endpoint is now; what is said of an older activation does not count. */
    public State state() {
        if (!subscription.active()) {
            return State.INACTIVE;
        }
        if (status.filter(last -> last.disables(subscription.activation())).isPresent()) {
            return State.DISABLED;
        }
        return consecutiveFailures() > 0 ? State.FAILING : State.ACTIVE;
    }

    /** How many times in a row it failed in its current activation, in the unit that its profile counts. */
    public int consecutiveFailures() {
        return current().map(EndpointStatus::consecutiveFailures).orElse(0);
    }

    /** What the retry-scheduler said of the current activation. */
    public Optional<EndpointStatus> current() {
        return status.filter(last -> last.activation() == subscription.activation());
    }
}
