package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a lane commits, and what follows from how a commit ends. Used by the lane's thread alone. */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration OFFSETS_ALONE_AFTER = Duration.ofSeconds(1);
    private static final int FAILURES_ARE_TROUBLE = 3;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration COMMITTED_LIMIT = Duration.ofSeconds(5);

    private final LaneContext context;
    private final Consumer<byte[], byte[]> consumer;
    private final Partitions partitions;
    private final ResultCommitter committer;
    private long lastNanos;
    private long spentNanos;
    private int failuresInARow;

    Commits(LaneContext context, Consumer<byte[], byte[]> consumer, Partitions partitions, ResultCommitter committer) {
        this.context = context;
        this.consumer = consumer;
        this.partitions = partitions;
        this.committer = committer;
        this.lastNanos = context.nanoTime().getAsLong();
    }

    /** How long commits have taken so far, all together. */
    long spentNanos() {
        return spentNanos;
    }

    /** Why nothing is committed, once several commits in a row have failed. */
    Optional<String> trouble() {
        return failuresInARow < FAILURES_ARE_TROUBLE
                ? Optional.empty()
                : Optional.of("the last " + failuresInARow + " commits failed, " + committer.pending()
                        + " results wait; see the log");
    }

    private Duration pauseAfterFailure() {
        return PAUSE_AFTER_FAILURE.multipliedBy(Math.min(failuresInARow, 20));
    }

    /** Commits when there are enough results, or results that have waited long enough. */
    void ifDue() {
        if (isDue()) {
            commit();
        }
    }

    private boolean isDue() {
        long sinceLast = context.nanoTime().getAsLong() - lastNanos;
        if (failuresInARow > 0 && sinceLast < pauseAfterFailure().toNanos()) {
            return false;
        }
        if (committer.pending() == 0) {
            return sinceLast >= OFFSETS_ALONE_AFTER.toNanos() && partitions.anyChanged();
        }
        return committer.pending() >= context.settings().commitMaxResults()
                || committer.pendingBytes() >= context.settings().commitMaxBytes()
                || sinceLast >= context.settings().commitInterval().toNanos();
    }

    /** Commits every result, trying again for so long: what is not committed now is POSTed again by the next owner. */
    void all(Duration limit) {
        long endNanos = context.nanoTime().getAsLong() + limit.toNanos();
        while (committer.pending() > 0) {
            commit();
            if (committer.pending() == 0 || context.nanoTime().getAsLong() - endNanos >= 0) {
                break;
            }
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
        if (committer.pending() > 0) {
            LOG.warn("{} results could not be committed, their POSTs will be repeated", committer.pending());
        }
    }

    private void commit() {
        long startNanos = context.nanoTime().getAsLong();
        Map<TopicPartition, OffsetAndMetadata> offsets = partitions.snapshot();
        ResultCommitter.Result result = committer.commit(offsets, consumer.groupMetadata());
        lastNanos = context.nanoTime().getAsLong();
        spentNanos += lastNanos - startNanos;
        failuresInARow = result == ResultCommitter.Result.COMMITTED ? 0 : failuresInARow + 1;
        switch (result) {
            case COMMITTED -> {
                partitions.committed(offsets.keySet());
                context.metrics().committed(Duration.ofNanos(lastNanos - startNanos));
            }
            case ABORTED -> context.metrics().aborted();
            case IN_DOUBT -> {
                context.metrics().aborted();
                boolean unused = committer.resolve(which -> consumer.committed(which, COMMITTED_LIMIT));
            }
        }
    }
}
