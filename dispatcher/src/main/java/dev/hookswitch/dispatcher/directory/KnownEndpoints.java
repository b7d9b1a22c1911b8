package dev.hookswitch.dispatcher.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topics say of the endpoints, read from their beginning. Written by one thread, read by any. */
final class KnownEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(KnownEndpoints.class);
    private static final int MAX_DELETED = 100_000;

    private final Profiles profiles;
    private final EgressRules egress;
    private final SecretSealer sealer;
    private final List<Tier> tiers;
    private final Map<EndpointId, Entry> entries = new ConcurrentHashMap<>();
    private final Map<EndpointId, EndpointStatus> statuses = new ConcurrentHashMap<>();
    /** Bounded: an endpoint that fell out is taken for one that is not known yet, and ends as deleted all the same. */
    private final Cache<EndpointId, Boolean> deleted =
            Caffeine.newBuilder().maximumSize(MAX_DELETED).build();

    /** A subscription with what is made of it once. */
    private record Entry(Subscription subscription, Lookup usable) {}

    KnownEndpoints(Profiles profiles, EgressRules egress, SecretSealer sealer, List<Tier> tiers) {
        this.profiles = profiles;
        this.egress = egress;
        this.sealer = sealer;
        this.tiers = tiers;
    }

    int size() {
        return entries.size();
    }

    /** As {@link Endpoints#find}. */
    Lookup find(EndpointId id, long madeFor) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return deleted.getIfPresent(id) != null
                    ? new Lookup.Silent(OutcomeRow.REASON_DELETED)
                    : new Lookup.NotKnown();
        }
        Subscription subscription = entry.subscription();
        if (subscription.activation() < madeFor) {
            return new Lookup.Behind();
        }
        if (!subscription.active()) {
            return new Lookup.Silent(OutcomeRow.REASON_INACTIVE);
        }
        EndpointStatus status = statuses.get(id);
        if (status != null && status.disables(subscription.activation())) {
            return new Lookup.Silent(OutcomeRow.REASON_DISABLED);
        }
        return entry.usable();
    }

    /**
     * Takes a record of {@code subscriptions}; null is a deletion.
     *
     * @throws RuntimeException when it cannot be read, with the endpoint as it was
     */
    void takeSubscription(EndpointId id, byte @Nullable [] value) {
        if (value == null) {
            deleted.put(id, true);
            entries.remove(id);
            return;
        }
        Subscription subscription = Wire.read(value, Subscription.class);
        if (!subscription.id().equals(id)) {
            throw new IllegalArgumentException("key and value name different endpoints");
        }
        entries.put(id, new Entry(subscription, usable(subscription)));
        deleted.invalidate(id);
    }

    /**
     * Takes a record of {@code endpoint-status}; null is a deletion.
     *
     * @throws RuntimeException when it cannot be read, with the endpoint as it was
     */
    void takeStatus(EndpointId id, byte @Nullable [] value) {
        if (value == null) {
            statuses.remove(id);
            return;
        }
        EndpointStatus status = Wire.read(value, EndpointStatus.class);
        if (!status.id().equals(id)) {
            throw new IllegalArgumentException("key and value name different endpoints");
        }
        statuses.put(id, status);
    }

    /** Tries again what our own side could not do. */
    void openAgain() {
        entries.replaceAll((id, entry) -> entry.usable() instanceof Lookup.OurFault
                ? new Entry(entry.subscription(), usable(entry.subscription()))
                : entry);
    }

    private Lookup usable(Subscription subscription) {
        Optional<LoadedProfile> loaded = profiles.find(subscription.profile());
        if (loaded.isEmpty()) {
            LOG.error(
                    "profile not known here endpoint={} profile={}",
                    subscription.id().topicKey(),
                    subscription.profile());
            return new Lookup.OurFault();
        }
        Profile profile = loaded.get().profile();
        RetrySchedule retries = RetrySchedule.of(profile, subscription.retryDelays());
        warnWithoutTier(subscription, retries);
        EndpointUrl url;
        try {
            url = egress.parse(subscription.url(), profile.httpsOnly());
        } catch (IllegalArgumentException e) {
            LOG.warn("url refused endpoint={} rule={}", subscription.id().topicKey(), e.getMessage());
            return new Lookup.Refused(retries, subscription.activation());
        }
        try {
            List<Secret> secrets = subscription.secrets().stream()
                    .map(secret -> sealer.open(subscription.id(), secret))
                    .toList();
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("no secret");
            }
            return new Lookup.Ready(
                    new Target(url, profile, secrets, subscription.activation(), retries, subscription.maxPerSecond()));
        } catch (IllegalArgumentException e) {
            LOG.error("cannot sign endpoint={} problem={}", subscription.id().topicKey(), e.getMessage());
            return new Lookup.OurFault();
        }
    }

    /** The tier was there when the delay was set: other settings than the console's, or a tier was taken away. */
    private void warnWithoutTier(Subscription subscription, RetrySchedule retries) {
        if (!tiers.stream().map(Tier::delay).toList().containsAll(retries.delays())) {
            LOG.warn(
                    "retry delay without a tier here, waits in another endpoint={} delays={}",
                    subscription.id().topicKey(),
                    subscription.retryDelays());
        }
    }
}
