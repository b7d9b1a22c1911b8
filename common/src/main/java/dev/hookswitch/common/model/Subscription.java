package dev.hookswitch.common.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic {@code subscriptions} holds for an endpoint. Written by the console alone.
 *
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id, as receivers see it
 * @param profile name of the vendor profile that decides body, signature and retries
 * @param name a name for people, may be empty
 * @param url where to POST
 * @param events the event types it wants; {@code *} stands for all that its profile knows, which leaves out those of
 *     {@link EndpointEvent}: they must be named
 * @param maxPerSecond deliveries per second that it takes at the most; null when the deployment's default counts
 * @param retryDelays the delays before its retries, such as {@code 5s} and {@code 1h}, see {@link RetryDelays}; null when
 *     those of its profile count
 * @param active false when its tenant switched it off
 * @param activation rises at each enabling; see {@link EndpointStatus}
 * @param revision rises at each change of the record, from 1 without gaps
 * @param secrets the sealed signing secrets, the one that signs first in front; one, or two while rotating
 * @param createdAtMs epoch milliseconds
 * @param updatedAtMs epoch milliseconds
 * @param metadata what its tenant noted with it; null for nothing
 * @param secretsDueAtMs when the two secrets of a rotation go on by themselves, epoch milliseconds: the newer one comes to
 *     the front, or, when it is there already, the older one is dropped; null with one secret
 */
public record Subscription(
        String tenant,
        String webhookId,
        String profile,
        String name,
        String url,
        Set<String> events,
        @Nullable Double maxPerSecond,
        @Nullable List<String> retryDelays,
        boolean active,
        long activation,
        long revision,
        List<SealedSecret> secrets,
        long createdAtMs,
        long updatedAtMs,
        @Nullable Map<String, String> metadata,
        @Nullable Long secretsDueAtMs) {

    /** Subscribes to every type that the profile knows. */
    public static final String EVERY_EVENT = "*";

    /** One in 100 seconds. */
    public static final double LEAST_PER_SECOND = 0.01;

    public static final double MOST_PER_SECOND = 100_000;

    public Subscription {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        events = Set.copyOf(Objects.requireNonNull(events, "events"));
        secrets = List.copyOf(Objects.requireNonNull(secrets, "secrets"));
        if (maxPerSecond != null) {
            checkMaxPerSecond(maxPerSecond);
        }
        if (retryDelays != null) {
            retryDelays = RetryDelays.format(RetryDelays.parse(retryDelays));
        }
        // In the order of their names, so that the same record has the same bytes.
        metadata = metadata == null || metadata.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Without metadata, its secrets at rest. */
    public Subscription(
            String tenant,
            String webhookId,
            String profile,
            String name,
            String url,
            Set<String> events,
            @Nullable Double maxPerSecond,
            @Nullable List<String> retryDelays,
            boolean active,
            long activation,
            long revision,
            List<SealedSecret> secrets,
            long createdAtMs,
            long updatedAtMs) {
        this(
                tenant,
                webhookId,
                profile,
                name,
                url,
                events,
                maxPerSecond,
                retryDelays,
                active,
                activation,
                revision,
                secrets,
                createdAtMs,
                updatedAtMs,
                null,
                null);
    }

    /** With the retries of its profile. */
    public Subscription(
            String tenant,
            String webhookId,
            String profile,
            String name,
            String url,
            Set<String> events,
            @Nullable Double maxPerSecond,
            boolean active,
            long activation,
            long revision,
            List<SealedSecret> secrets,
            long createdAtMs,
            long updatedAtMs) {
        this(
                tenant,
                webhookId,
                profile,
                name,
                url,
                events,
                maxPerSecond,
                null,
                active,
                activation,
                revision,
                secrets,
                createdAtMs,
                updatedAtMs);
    }

    /**
     * Checks a limit.
     *
     * @throws IllegalArgumentException naming the field and the rule, when no endpoint may have this limit
     */
    public static void checkMaxPerSecond(double perSecond) {
        if (!(perSecond >= LEAST_PER_SECOND && perSecond <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException("max_per_second must be from 0.01 to 100000, was " + perSecond);
        }
    }

    public EndpointId id() {
        return new EndpointId(tenant, webhookId);
    }
}
