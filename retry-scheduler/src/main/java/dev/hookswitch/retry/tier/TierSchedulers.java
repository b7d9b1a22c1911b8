package dev.hookswitch.retry.tier;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All delay tiers of this process: a thread each. A record is copied to {@code deliveries-due} once its timestamp plus
 * the tier's delay is past, exactly once: same partition, key, value and headers, in order.
 */
public final class TierSchedulers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierSchedulers.class);
    private static final Duration PURGE_EVERY = Duration.ofSeconds(30);
    private static final Duration ADMIN_CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final TierSettings settings;
    private final TopicLayout topics;
    private final KafkaProperties kafka;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final Duration purgeEvery;
    private final List<TierScheduler> schedulers = new CopyOnWriteArrayList<>();
    private final List<TierMeters> meters = new CopyOnWriteArrayList<>();
    private volatile @Nullable Admin admin;

    /**
     * Opens nothing yet.
     *
     * @param settings what applies to the tiers
     * @param topics names of the topics and delays of the tiers
     * @param kafka client properties
     * @param clock what decides that a record is due
     * @param registry where the tiers' meters go
     */
    public TierSchedulers(
            TierSettings settings,
            TopicLayout topics,
            KafkaProperties kafka,
            InstantSource clock,
            MeterRegistry registry) {
        this(settings, topics, kafka, clock, registry, PURGE_EVERY);
    }

    TierSchedulers(
            TierSettings settings,
            TopicLayout topics,
            KafkaProperties kafka,
            InstantSource clock,
            MeterRegistry registry,
            Duration purgeEvery) {
        this.settings = settings;
        this.topics = topics;
        this.kafka = kafka;
        this.clock = clock;
        this.registry = registry;
        this.purgeEvery = purgeEvery;
        if (settings.timeScale() > 1) {
            LOG.warn(
                    "retry.time-scale={} divides every delay: for demonstrations and tests only", settings.timeScale());
        }
    }

    /** Starts every tier's thread and returns; {@link #health} tells when they run. */
    public void start() {
        Admin made = Admin.create(kafka.admin());
        admin = made;
        TierClients clients = new TierClients(kafka);
        for (Tier tier : topics.tiers()) {
            TierPlan plan = TierPlan.of(tier, topics, settings);
            TierMeters tierMeters = new TierMeters(registry, tier.name());
            TierPurge purge = new TierPurge(TierPurge.through(made), clock, purgeEvery);
            meters.add(tierMeters);
            // One for all sessions: a step may fall between two.
            InstantSource stepProof = new StepProofClock(clock, System::nanoTime, plan.delay());
            schedulers.add(new TierScheduler(tier.name(), () -> session(plan, clients, stepProof, purge, tierMeters)));
        }
        schedulers.forEach(TierScheduler::start);
    }

    private static TierSession session(
            TierPlan plan, TierClients clients, InstantSource clock, TierPurge purge, TierMeters meters) {
        Producer<byte[], byte[]> producer = clients.producer(plan);
        try {
            return new TierSession(plan, clients.consumer(plan), producer, clock, purge, meters);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** How each tier is; none before the start. */
    public List<Health> health() {
        return schedulers.stream().map(TierScheduler::health).toList();
    }

    @Override
    public void close() {
        schedulers.forEach(TierScheduler::stop);
        schedulers.forEach(TierScheduler::close);
        meters.forEach(TierMeters::close);
        Admin made = admin;
        if (made != null) {
            made.close(ADMIN_CLOSE_TIMEOUT);
        }
    }
}
