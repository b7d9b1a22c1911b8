package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic {@code endpoint-status} says of an endpoint's health. Written by the retry-scheduler alone.
 *
 * <p>It speaks of one activation: an endpoint is disabled while the subscription's activation is not above the one that
 * was disabled here. A subscription with a higher activation has been enabled since.
 *
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id
 * @param activation the activation that the state is about
 * @param state healthy, failing or disabled
 * @param consecutiveFailures how many failures in a row, in the unit that the profile counts
 * @param reason why it was disabled; null unless disabled
 * @param sinceMs when the state was entered, epoch milliseconds
 */
public record EndpointStatus(
        String tenant,
        String webhookId,
        long activation,
        State state,
        int consecutiveFailures,
        @Nullable String reason,
        long sinceMs) {

    /** Closed set; {@link #UNKNOWN} stands for what a newer writer may add. */
    public enum State {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("failing")
        FAILING,
        @JsonProperty("disabled")
        DISABLED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    public EndpointStatus {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(state, "state");
    }

    public EndpointId id() {
        return new EndpointId(tenant, webhookId);
    }

    /** Whether this status silences a subscription of the given activation. */
    public boolean disables(long subscriptionActivation) {
        return state == State.DISABLED && subscriptionActivation <= activation;
    }
}
