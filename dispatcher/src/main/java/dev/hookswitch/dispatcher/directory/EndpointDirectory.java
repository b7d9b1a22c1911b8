package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.TopicFollower;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code subscriptions} and {@code endpoint-status} on a thread of its own and answers look-ups from memory. A
 * record that cannot be read is logged and leaves the endpoint as it was. When the topics are lost, what is known goes on to
 * be answered, and {@link #health} tells.
 */
public final class EndpointDirectory implements Endpoints, AutoCloseable {
    /** Changes take a second at the most; a broker that is replaced may take so long. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointDirectory.class);

    private final TopicLayout topics;
    private final TopicFollower<KnownEndpoints> follower;

    /**
     * Connects to nothing yet.
     *
     * @param keysChanged looks whether the sealer's key ring is another one than at the last look
     * @param nanoTime a clock that never goes back
     */
    public EndpointDirectory(
            KafkaProperties kafka,
            TopicLayout topics,
            Profiles profiles,
            EgressRules egress,
            SecretSealer sealer,
            BooleanSupplier keysChanged,
            LongSupplier nanoTime) {
        this.topics = topics;
        this.follower = new TopicFollower<>(
                "endpoint-directory",
                kafka,
                List.of(topics.subscriptions(), topics.endpointStatus()),
                () -> new KnownEndpoints(profiles, egress, sealer, topics.tiers()),
                this::take,
                known -> openAgain(known, keysChanged),
                nanoTime);
    }

    private void take(KnownEndpoints into, ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        EndpointId id = EndpointId.parse(record.key());
        if (record.topic().equals(topics.subscriptions())) {
            into.takeSubscription(id, value);
        } else {
            into.takeStatus(id, value);
        }
    }

    /** What did not open may have waited for a key that came to the ring after it. */
    private static void openAgain(KnownEndpoints known, BooleanSupplier keysChanged) {
        if (keysChanged.getAsBoolean()) {
            known.openAgain();
        }
    }

    /**
     * Starts following and waits until everything that was written before is known.
     *
     * @throws IllegalStateException when that takes longer than the limit
     */
    public void start(Duration limit) {
        follower.start();
        LOG.info(
                "endpoint directory ready, {} endpoints",
                follower.refresh(limit).size());
    }

    /**
     * What may be done with a delivery.
     *
     * @param madeFor the activation that the delivery was made for; a directory that knows only an older one is behind
     */
    @Override
    public Lookup find(EndpointId id, long madeFor) {
        KnownEndpoints known = follower.latest();
        return known == null ? new Lookup.NotKnown() : known.find(id, madeFor);
    }

    /** Up while Kafka has said lately that everything is known. */
    public Health health() {
        if (!follower.alive()) {
            return Health.down("the endpoint directory does not follow its topics");
        }
        return follower.view(MAX_AGE).isPresent()
                ? Health.UP
                : Health.starting(
                        "the endpoint directory has not reached its topics for " + MAX_AGE.toSeconds() + " s");
    }

    public int size() {
        KnownEndpoints known = follower.latest();
        return known == null ? 0 : known.size();
    }

    @Override
    public void close() {
        follower.close();
    }
}
