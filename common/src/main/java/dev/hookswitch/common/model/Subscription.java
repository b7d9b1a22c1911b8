package dev.hookswitch.common.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the compacted topic {@code subscriptions} holds for an endpoint. Written by the console alone.
 *
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id, as receivers see it
 * @param profile name of the vendor profile that decides body, signature and retries
 * @param name a name for people, may be empty
 * @param url where to POST
 * @param events the event types it wants; {@code *} stands for all that its profile knows
 * @param active false when its tenant switched it off
 * @param activation rises at each enabling; see {@link EndpointStatus}
 * @param revision rises at each change of the record, from 1 without gaps
 * @param secrets the sealed signing secrets, the one that signs first in front; one, or two while rotating
 * @param createdAtMs epoch milliseconds
 * @param updatedAtMs epoch milliseconds
 */
public record Subscription(
        String tenant,
        String webhookId,
        String profile,
        String name,
        String url,
        Set<String> events,
        boolean active,
        long activation,
        long revision,
        List<SealedSecret> secrets,
        long createdAtMs,
        long updatedAtMs) {

    /** Subscribes to every type that the profile knows. */
    public static final String EVERY_EVENT = "*";

    public Subscription {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        events = Set.copyOf(Objects.requireNonNull(events, "events"));
        secrets = List.copyOf(Objects.requireNonNull(secrets, "secrets"));
    }

    public EndpointId id() {
        return new EndpointId(tenant, webhookId);
    }
}
