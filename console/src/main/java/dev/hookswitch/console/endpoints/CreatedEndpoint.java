package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.signing.Secret;
import java.util.Objects;

/**
 * An endpoint that was just made.
 *
 * @param subscription its record, as acknowledged by Kafka
 * @param secret its signing secret, to be shown to its owner now and never again
 */
public record CreatedEndpoint(Subscription subscription, Secret secret) {
    public CreatedEndpoint {
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(secret, "secret");
    }
}
