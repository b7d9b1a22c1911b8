package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells a task which events it has taken before. All of a tenant's are judged in one partition, that of the tenant's name by
 * Kafka's default partitioner: an event that came in another one must go there first. Each task has its own.
 */
final class Repeats {
    private static final Duration BEGIN_EVERY = Duration.ofSeconds(1);

    private final Policy policy;
    private final @Nullable SeenEvents seen;

    /**
     * The same for all tasks.
     *
     * @param window how long ids are remembered; empty for not at all
     * @param homes where tenants are at home
     * @param mostLagMs how far the clock of a partition may be behind the wall clock
     */
    record Policy(Optional<RepeatWindow> window, KeyPartitioner homes, long mostLagMs) {}

    private Repeats(Policy policy, @Nullable SeenEvents seen) {
        this.policy = policy;
        this.seen = seen;
    }

    /** Those of the context's task. */
    static Repeats of(Policy policy, ProcessorContext<?, ?> context) {
        SeenEvents seen = policy.window()
                .map(window -> new SeenEvents(window, policy.mostLagMs(), context.getStateStore(window.storeName())))
                .orElse(null);
        if (seen != null) {
            // Not at once: a store cannot be written before the task runs.
            context.schedule(BEGIN_EVERY, PunctuationType.WALL_CLOCK_TIME, seen::begin);
        }
        return new Repeats(policy, seen);
    }

    /** The key under which the event is to be moved to another partition; empty when it is to be judged here. */
    Optional<byte[]> elsewhere(DomainEvent event, Publication publication) {
        if (seen == null || publication.moved()) {
            return Optional.empty();
        }
        byte[] tenant = event.tenant().getBytes(UTF_8);
        boolean here = policy.homes().partition(tenant) == publication.source().partition();
        return here ? Optional.empty() : Optional.of(tenant);
    }

    /** Looks whether the event was taken before. */
    Look look(DomainEvent event, Publication publication, long nowMs) {
        if (seen == null) {
            return Look.NONE;
        }
        EventIdentity identity = EventIdentity.of(event);
        seen.advance(publication.record().timestamp(), nowMs);
        return new Look(identity, seen.find(identity));
    }

    /** The event that was looked for is taken. */
    void remember(Look look, Publication publication) {
        if (seen != null && look.identity() != null) {
            seen.remember(look.identity(), publication.source());
        }
    }

    /**
     * What a look found.
     *
     * @param identity of the event; null when nothing is remembered
     * @param first the publication that was taken
     */
    record Look(@Nullable EventIdentity identity, Optional<Sighting> first) {
        static final Look NONE = new Look(null, Optional.empty());

        /** Whether the event is, in all that is delivered, the one that was taken. */
        boolean isSame() {
            return identity != null
                    && first.filter(sighting -> sighting.content() == identity.content())
                            .isPresent();
        }
    }
}
