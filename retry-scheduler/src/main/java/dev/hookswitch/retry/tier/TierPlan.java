package dev.hookswitch.retry.tier;

import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;

/**
 * How one tier is served by this process.
 *
 * @param name the tier's name
 * @param tierTopic where records wait
 * @param dueTopic where they go
 * @param delay how long they wait, the time scale applied
 * @param groupId the consumer group that all processes share
 * @param transactionalId stable, and this process's alone
 */
record TierPlan(
        String name, String tierTopic, String dueTopic, Duration delay, String groupId, String transactionalId) {

    static TierPlan of(Tier tier, TopicLayout layout, TierSettings settings) {
        String groupId = layout.prefix() + "retry-" + tier.name();
        return new TierPlan(
                tier.name(),
                tier.topic(),
                layout.deliveriesDue(),
                scaled(tier.delay(), settings.timeScale()),
                groupId,
                groupId + "-" + settings.instance());
    }

    /** Whole milliseconds, as timestamps are; rounded up, so that nothing is early. */
    static Duration scaled(Duration delay, double timeScale) {
        return Duration.ofMillis((long) Math.ceil(delay.toMillis() / timeScale));
    }
}
