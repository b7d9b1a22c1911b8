package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits results and offsets in one transaction, one transaction at a time, while more results come. Results stay in
 * memory until a transaction with them is known to be committed, so an abort costs nothing but time and never a second
 * POST. Used by the lane's thread alone; the transaction itself runs on another.
 */
final class ResultCommitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultCommitter.class);
    /** Longer than the transaction that may be running can take. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final Transactions transactions;
    private final ExecutorService thread;
    private final List<Finished> pending = new ArrayList<>();
    /** In the transaction that is underway. */
    private final List<Finished> batch = new ArrayList<>();

    private final List<Finished> doubtful = new ArrayList<>();
    private long heldBytes;
    private @Nullable Underway underway;
    private @Nullable Map<TopicPartition, OffsetAndMetadata> inDoubt;

    private record Underway(Map<TopicPartition, OffsetAndMetadata> offsets, CompletableFuture<Transactions.End> end) {}

    /**
     * How a transaction ended, and the partitions whose offsets it had.
     *
     * @param end when aborted, its results are pending again
     */
    record Ended(Transactions.End end, Set<TopicPartition> partitions) {}

    /**
     * Nothing to commit.
     *
     * @param producers makes a transactional producer with the lane's own transactional id
     * @param thread a single one, shut down by {@link #close}
     */
    ResultCommitter(Supplier<Producer<byte[], byte[]>> producers, ExecutorService thread) {
        this.transactions = new Transactions(producers);
        this.thread = thread;
    }

    /** Ends what an earlier producer of the same transactional id has left open, so that nobody waits for it. */
    void open() {
        CompletableFuture.runAsync(transactions::open, thread).join();
    }

    void add(Finished finished) {
        pending.add(finished);
        heldBytes += finished.bytes();
    }

    /** How many are not known to be written. */
    int held() {
        return pending.size() + batch.size() + doubtful.size();
    }

    /** Bytes of what is to be written about them. */
    long heldBytes() {
        return heldBytes;
    }

    /** Drops results whose partition was lost: its new owner makes them again. */
    void dropIf(Predicate<OffsetTracker> lost) {
        for (List<Finished> some : List.of(pending, batch, doubtful)) {
            some.removeIf(finished -> lost.test(finished.owner()));
        }
        countBytes();
    }

    boolean isUnderway() {
        return underway != null;
    }

    /** Whether the next {@link #start} settles a commit whose answer was lost, and takes no offsets. */
    boolean isInDoubt() {
        return inDoubt != null;
    }

    /**
     * Begins to write all pending results and these offsets; while a commit is in doubt, to settle that. Only when nothing
     * is underway.
     *
     * @param offsets a snapshot taken after the last result was added
     */
    void start(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        if (underway != null) {
            throw new IllegalStateException("a transaction is underway");
        }
        if (inDoubt != null) {
            underway = new Underway(inDoubt, CompletableFuture.supplyAsync(transactions::settle, thread));
            return;
        }
        if (group.generationId() <= 0 || group.memberId().isEmpty()) {
            // Without a member the broker would check nothing; the next poll brings one.
            underway = new Underway(offsets, CompletableFuture.completedFuture(Transactions.End.ABORTED));
            return;
        }
        batch.addAll(pending);
        pending.clear();
        List<Finished> results = List.copyOf(batch);
        underway = new Underway(
                offsets, CompletableFuture.supplyAsync(() -> transactions.write(results, offsets, group), thread));
    }

    /** What has become of what was started; null while that is not known, or nothing was. */
    @Nullable Ended poll() {
        Underway running = underway;
        return running == null || !running.end().isDone() ? null : ended(running);
    }

    /** The same, waiting for so long. */
    @Nullable Ended await(Duration limit) {
        Underway running = underway;
        if (running == null) {
            return null;
        }
        try {
            running.end().get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
        return ended(running);
    }

    private Ended ended(Underway running) {
        underway = null;
        Transactions.End end = running.end().join();
        switch (end) {
            case COMMITTED -> {}
            case ABORTED -> pending.addAll(0, batch);
            case IN_DOUBT -> {
                inDoubt = running.offsets();
                doubtful.addAll(batch);
            }
            case SETTLED -> {}
        }
        batch.clear();
        countBytes();
        return new Ended(end, running.offsets().keySet());
    }

    /**
     * Resolves a commit whose answer was lost, once it is settled: the committed metadata, which carries the commit's
     * number, tells whether it was written.
     *
     * @param committed reads what the group has committed
     * @return whether it is resolved; otherwise to be tried again
     */
    boolean resolve(Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed) {
        Map<TopicPartition, OffsetAndMetadata> attempted = inDoubt;
        if (attempted == null) {
            return true;
        }
        Map<TopicPartition, OffsetAndMetadata> now;
        try {
            now = committed.apply(attempted.keySet());
        } catch (RuntimeException e) {
            LOG.warn("commit still in doubt: {}", e.toString());
            return false;
        }
        boolean written =
                attempted.entrySet().stream().anyMatch(entry -> entry.getValue().equals(now.get(entry.getKey())));
        LOG.info("commit in doubt was {}", written ? "written" : "not written");
        if (!written) {
            pending.addAll(0, doubtful);
        }
        doubtful.clear();
        countBytes();
        inDoubt = null;
        return true;
    }

    private void countBytes() {
        heldBytes = 0;
        for (List<Finished> some : List.of(pending, batch, doubtful)) {
            for (Finished finished : some) {
                heldBytes += finished.bytes();
            }
        }
    }

    @Override
    public void close() {
        thread.execute(transactions::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a transaction does not end, left to its time-out");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
