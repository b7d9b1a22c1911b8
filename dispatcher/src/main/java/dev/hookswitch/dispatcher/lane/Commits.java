package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a lane commits, and what follows from how a commit ends. Used by the lane's thread alone. */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration OFFSETS_ALONE_AFTER = Duration.ofSeconds(1);
    private static final int FAILURES_ARE_TROUBLE = 3;
    private static final Duration LONG_IS_TROUBLE = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration COMMITTED_LIMIT = Duration.ofSeconds(5);

    private final LaneContext context;
    private final Consumer<byte[], byte[]> consumer;
    private final Partitions partitions;
    private final ResultCommitter committer;
    private long lastNanos;
    private long startedNanos;
    private int failuresInARow;

    Commits(LaneContext context, Consumer<byte[], byte[]> consumer, Partitions partitions, ResultCommitter committer) {
        this.context = context;
        this.consumer = consumer;
        this.partitions = partitions;
        this.committer = committer;
        this.lastNanos = context.nanoTime().getAsLong();
    }

    /** Why nothing is committed, once several commits in a row have failed, or one has no end. */
    Optional<String> trouble() {
        if (failuresInARow >= FAILURES_ARE_TROUBLE) {
            return Optional.of("the last " + failuresInARow + " commits failed, " + committer.held()
                    + " results wait; see the log");
        }
        return committer.isUnderway() && context.nanoTime().getAsLong() - startedNanos > LONG_IS_TROUBLE.toNanos()
                ? Optional.of("a commit has no answer, " + committer.held() + " results wait")
                : Optional.empty();
    }

    private Duration pauseAfterFailure() {
        return PAUSE_AFTER_FAILURE.multipliedBy(Math.min(failuresInARow, 20));
    }

    /** Sees to the commit that is underway; else begins one when there are enough results, or such that waited enough. */
    void ifDue() {
        ResultCommitter.Ended ended = committer.poll();
        if (ended != null) {
            ended(ended);
        }
        if (!committer.isUnderway() && isDue()) {
            start();
        }
    }

    private boolean isDue() {
        long sinceLast = context.nanoTime().getAsLong() - lastNanos;
        if (failuresInARow > 0 && sinceLast < pauseAfterFailure().toNanos()) {
            return false;
        }
        if (committer.held() == 0) {
            return sinceLast >= OFFSETS_ALONE_AFTER.toNanos() && partitions.anyChanged();
        }
        return committer.held() >= context.settings().commitMaxResults()
                || committer.heldBytes() >= context.settings().commitMaxBytes()
                || sinceLast >= context.settings().commitInterval().toNanos();
    }

    /** Commits every result, trying again for so long: what is not committed now is POSTed again by the next owner. */
    void all(Duration limit) {
        long endNanos = context.nanoTime().getAsLong() + limit.toNanos();
        while (committer.held() > 0 || committer.isUnderway()) {
            if (!committer.isUnderway()) {
                start();
            }
            ResultCommitter.Ended ended = committer.await(
                    Duration.ofNanos(endNanos - context.nanoTime().getAsLong()));
            if (ended == null) {
                break;
            }
            ended(ended);
            if (committer.held() == 0 || context.nanoTime().getAsLong() - endNanos >= 0) {
                break;
            }
            if (failuresInARow > 0) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
        if (committer.held() > 0) {
            LOG.warn("{} results could not be committed, their POSTs will be repeated", committer.held());
        }
    }

    private void start() {
        startedNanos = context.nanoTime().getAsLong();
        // To settle a doubt nothing of what has changed meanwhile is written: a snapshot would count it as unchanged.
        committer.start(committer.isInDoubt() ? Map.of() : partitions.snapshot(), consumer.groupMetadata());
    }

    private void ended(ResultCommitter.Ended ended) {
        lastNanos = context.nanoTime().getAsLong();
        if (ended.end() == Transactions.End.COMMITTED) {
            failuresInARow = 0;
            context.metrics().committed(Duration.ofNanos(lastNanos - startedNanos));
            return;
        }
        partitions.notCommitted(ended.partitions());
        if (ended.end() == Transactions.End.SETTLED
                && committer.resolve(which -> consumer.committed(which, COMMITTED_LIMIT))) {
            return;
        }
        failuresInARow++;
        context.metrics().aborted();
    }
}
