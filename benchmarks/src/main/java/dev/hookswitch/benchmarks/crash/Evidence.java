package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** What the witnesses say: the broker about what is committed, the receiver about what has come. */
final class Evidence {
    private final Map<String, Trace> traces = new HashMap<>();
    private final Set<String> handedBack = new HashSet<>();
    private final long acknowledged;
    private final NavigableSet<Long> commits = new TreeSet<>();
    private long handedBackTwice;

    /** @param acknowledged deliveries whose writing the broker has acknowledged */
    Evidence(long acknowledged) {
        this.acknowledged = acknowledged;
    }

    static Evidence read(String bootstrapServers, TopicLayout topics, Path ledger, long acknowledged) {
        Evidence evidence = new Evidence(acknowledged);
        TopicRows.read(
                bootstrapServers,
                topics.deliveries(),
                0,
                row -> evidence.written(DeliveryHeaders.read(row.headers()).id()));
        TopicRows.read(
                bootstrapServers,
                topics.deliveriesDue(),
                0,
                row -> evidence.handedBack(DeliveryHeaders.read(row.headers())));
        TopicRows.read(
                bootstrapServers,
                topics.deliveryAttempts(),
                0,
                row -> evidence.attempted(Wire.read(row.value(), AttemptRow.class), row.timestamp()));
        TopicRows.read(
                bootstrapServers,
                topics.deliveryOutcomes(),
                0,
                row -> evidence.ended(Wire.read(row.value(), OutcomeRow.class)));
        Post.read(ledger, evidence::posted);
        return evidence;
    }

    private Trace of(String deliveryId) {
        return traces.computeIfAbsent(deliveryId, id -> new Trace());
    }

    /** The delivery is in the topic. */
    void written(String deliveryId) {
        of(deliveryId).written = true;
    }

    /** The scheduler has handed the delivery back. */
    void handedBack(Delivery delivery) {
        String what = delivery.id() + " " + delivery.attempt() + " " + delivery.deferrals();
        handedBackTwice += handedBack.add(what) ? 0 : 1;
    }

    /**
     * There is a committed row.
     *
     * @param writtenMs when it was handed to its transaction, epoch milliseconds
     */
    void attempted(AttemptRow row, long writtenMs) {
        commits.add(writtenMs);
        if (row.kind() == AttemptRow.Kind.ATTEMPT) {
            of(row.deliveryId())
                    .attempts
                    .add(new Trace.Attempt(row.attempt(), row.httpStatus(), row.startedAtMs(), row.durationMs()));
        }
    }

    /** There is a committed row. */
    void ended(OutcomeRow row) {
        of(row.deliveryId()).outcomes.add(row.outcome());
    }

    /** The receiver has it in its ledger. */
    void posted(Post post) {
        of(post.deliveryId()).posts.add(post);
    }

    Collection<Trace> traces() {
        return traces.values();
    }

    /** How long before this moment the last commit that succeeded was begun; or how long ago the beginning is. */
    long sinceCommitMs(long epochMs, long beginningMs) {
        Long last = commits.lower(epochMs);
        return epochMs - (last == null || last < beginningMs ? beginningMs : last);
    }

    long acknowledged() {
        return acknowledged;
    }

    long handedBackTwice() {
        return handedBackTwice;
    }
}
