package dev.hookswitch.dispatcher.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
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
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code subscriptions} and {@code endpoint-status} on a thread of its own and answers look-ups from memory. A
 * record that cannot be read is logged and leaves the endpoint as it was.
 */
public final class EndpointDirectory implements Endpoints, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointDirectory.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** Short, since nothing may come. */
    private static final Duration POLL_AT_START = Duration.ofMillis(50);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int MAX_DELETED = 100_000;

    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final Profiles profiles;
    private final EgressRules egress;
    private final SecretSealer sealer;
    private final BooleanSupplier keysChanged;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "endpoint-directory");
    private volatile Known known = new Known();
    private volatile @Nullable CompactedTopic reader;
    private volatile @Nullable Throwable failure;

    /** A subscription with what is made of it once. */
    private record Entry(Subscription subscription, Lookup usable) {}

    /** What the topics say, read from their beginning. Written by the directory's thread alone. */
    private static final class Known {
        private final Map<EndpointId, Entry> entries = new ConcurrentHashMap<>();
        private final Map<EndpointId, EndpointStatus> statuses = new ConcurrentHashMap<>();
        /** Bounded: an endpoint that fell out is taken for one that is not known yet, and ends as deleted all the same. */
        private final Cache<EndpointId, Boolean> deleted =
                Caffeine.newBuilder().maximumSize(MAX_DELETED).build();
    }

    /** @param keysChanged looks whether the sealer's key ring is another one than at the last look */
    public EndpointDirectory(
            KafkaProperties kafka,
            TopicLayout topics,
            Profiles profiles,
            EgressRules egress,
            SecretSealer sealer,
            BooleanSupplier keysChanged) {
        this.kafka = kafka;
        this.topics = topics;
        this.profiles = profiles;
        this.egress = egress;
        this.sealer = sealer;
        this.keysChanged = keysChanged;
        this.thread.setDaemon(true);
    }

    /**
     * Starts following and waits until everything that was written before is known.
     *
     * @throws IllegalStateException when that takes longer than the limit
     */
    public void start(Duration limit) throws InterruptedException {
        thread.start();
        if (!caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS) || failure != null) {
            throw new IllegalStateException(
                    "the endpoint directory could not read " + topics.subscriptions() + " and "
                            + topics.endpointStatus() + " within " + limit,
                    failure);
        }
        LOG.info("endpoint directory ready, {} endpoints", size());
    }

    /**
     * What may be done with a delivery.
     *
     * @param madeFor the activation that the delivery was made for; a directory that knows only an older one is behind
     */
    @Override
    public Lookup find(EndpointId id, long madeFor) {
        Known now = known;
        Entry entry = now.entries.get(id);
        if (entry == null) {
            return now.deleted.getIfPresent(id) != null
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
        EndpointStatus status = now.statuses.get(id);
        if (status != null && status.disables(subscription.activation())) {
            return new Lookup.Silent(OutcomeRow.REASON_DISABLED);
        }
        return entry.usable();
    }

    /** Whether it still follows the topics. */
    public boolean alive() {
        return thread.isAlive() && failure == null;
    }

    public int size() {
        return known.entries.size();
    }

    private void follow() {
        while (stop.getCount() > 0) {
            try {
                readAndFollow();
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (caughtUp.getCount() > 0) {
                    failure = e;
                    caughtUp.countDown();
                    return;
                }
                LOG.warn("endpoint directory lost its topics, starts again: {}", e.toString());
                awaitStop(PAUSE_AFTER_FAILURE);
            }
        }
    }

    /** Look-ups see what is read only once it is complete: halfway, a topic says what was true in the past. */
    private void readAndFollow() {
        try (CompactedTopic topic =
                new CompactedTopic(kafka, List.of(topics.subscriptions(), topics.endpointStatus()))) {
            reader = topic;
            Known read = new Known();
            while (stop.getCount() > 0) {
                topic.poll(known == read ? POLL : POLL_AT_START, (record, value) -> take(read, record, value));
                if (known != read && topic.caughtUp()) {
                    known = read;
                    caughtUp.countDown();
                }
                if (known == read && keysChanged.getAsBoolean()) {
                    openAgain(read);
                }
            }
        }
    }

    /** What did not open may have waited for a key that came to the ring after it. */
    private void openAgain(Known known) {
        known.entries.replaceAll((id, entry) -> entry.usable() instanceof Lookup.OurFault
                ? new Entry(entry.subscription(), usable(entry.subscription()))
                : entry);
    }

    private void take(Known into, ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        try {
            EndpointId id = EndpointId.parse(record.key());
            if (record.topic().equals(topics.subscriptions())) {
                takeSubscription(into, id, value);
            } else if (value == null) {
                into.statuses.remove(id);
            } else {
                takeStatus(into, id, Wire.read(value, EndpointStatus.class));
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "unreadable record ignored topic={} partition={} offset={} problem={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private static void takeStatus(Known into, EndpointId id, EndpointStatus status) {
        if (!status.id().equals(id)) {
            throw new IllegalArgumentException("key and value name different endpoints");
        }
        into.statuses.put(id, status);
    }

    private void takeSubscription(Known into, EndpointId id, byte @Nullable [] value) {
        if (value == null) {
            into.deleted.put(id, true);
            into.entries.remove(id);
            return;
        }
        Subscription subscription = Wire.read(value, Subscription.class);
        if (!subscription.id().equals(id)) {
            throw new IllegalArgumentException("key and value name different endpoints");
        }
        into.entries.put(id, new Entry(subscription, usable(subscription)));
        into.deleted.invalidate(id);
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
        if (!topics.tiers().stream().map(Tier::delay).toList().containsAll(retries.delays())) {
            LOG.warn(
                    "retry delay without a tier here, waits in another endpoint={} delays={}",
                    subscription.id().topicKey(),
                    subscription.retryDelays());
        }
    }

    private void awaitStop(Duration limit) {
        try {
            boolean unused = stop.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        CompactedTopic current = reader;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
