package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * An endpoint that somebody wants, unchecked.
 *
 * @param tenant who owns it
 * @param profile name of a vendor profile
 * @param name a name for people, may be empty
 * @param url where to POST
 * @param events event types, or {@code *} alone
 * @param secret the owner's own signing secret in the clear; one is generated when there is none
 * @param maxPerSecond deliveries per second at the most; nothing for the deployment's default
 * @param retryDelays the delays before its retries, such as 5s and 1h; nothing for those of its profile
 * @param metadata what its owner notes with it
 */
public record NewEndpoint(
        String tenant,
        String profile,
        String name,
        String url,
        Set<String> events,
        Optional<String> secret,
        OptionalDouble maxPerSecond,
        Optional<List<String>> retryDelays,
        Map<String, String> metadata) {
    public NewEndpoint {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(maxPerSecond, "maxPerSecond");
        events = Set.copyOf(events);
        retryDelays = retryDelays.map(List::copyOf);
        metadata = Map.copyOf(metadata);
    }

    /** Its first record. */
    Subscription made(EndpointId id, SealedSecret secret, long nowMs) {
        return new Subscription(
                id.tenant(),
                id.webhookId(),
                profile,
                name,
                url,
                events,
                maxPerSecond.isPresent() ? maxPerSecond.getAsDouble() : null,
                retryDelays.orElse(null),
                true,
                1,
                1,
                List.of(secret),
                nowMs,
                nowMs,
                metadata,
                null);
    }

    /** With the retries of its profile. */
    public NewEndpoint(
            String tenant,
            String profile,
            String name,
            String url,
            Set<String> events,
            Optional<String> secret,
            OptionalDouble maxPerSecond) {
        this(tenant, profile, name, url, events, secret, maxPerSecond, Optional.empty(), Map.of());
    }

    /** Without the secret, and without the URL, which may hold a token of the receiver. */
    @Override
    public String toString() {
        return "NewEndpoint[tenant=" + tenant + ", profile=" + profile + ", name=" + name + ", events=" + events + "]";
    }
}
