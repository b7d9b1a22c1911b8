package dev.hookswitch.console.changes;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes. What comes back was acknowledged by Kafka with its audit row, and is in this instance's view. Changes by any
 * number of instances and processes come one after the other.
 *
 * <p>An instance keeps the right to write until another one takes it: who holds it knows that its view has everything, and
 * need not read. Callers that wait at the same time share a transaction, each deciding on what the one before it left: so the
 * rate grows with the number of callers, also when several instances take the right from each other at every transaction.
 *
 * @param <V> the view on which changes are decided
 */
public final class Changes<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** How often a transaction is decided anew because another came between. */
    private static final int MAX_TRIES = 20;

    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final int MOST_DOUBLINGS = 5;

    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final Views<V> views;
    private final int together;
    private final RandomGenerator random;
    private final Queue<Waiting<?, V>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Guarded by {@link #turn}. */
    private @Nullable ChangeWriter writer;

    /**
     * What is known, as changes are decided on it.
     *
     * @param <V> the view
     */
    public interface Views<V> {
        /** A view that has everything that Kafka had acknowledged before the call. */
        V refresh(Duration limit);

        /** A view that takes changes which are not written yet, on top of what is known now. */
        V draft();
    }

    /**
     * Connects to nothing yet.
     *
     * @param together how many changes share a transaction at the most; with more than 1 each must tell its draft
     */
    public Changes(KafkaProperties kafka, TopicLayout topics, Views<V> views, int together, RandomGenerator random) {
        this.kafka = kafka;
        this.topics = topics;
        this.views = views;
        this.together = together;
        this.random = random;
    }

    /**
     * Makes a change.
     *
     * @param decide makes it of the view; may be called several times. What it throws is thrown, and nothing is written
     * @throws ChangesRefused when others made changes again and again
     * @throws IllegalStateException or {@link org.apache.kafka.common.KafkaException} when Kafka does not answer; only Kafka
     *     knows then whether it was made
     */
    public <R> R make(Function<V, Change<R, V>> decide) {
        return makeAll(List.of(decide)).get(0);
    }

    /**
     * Makes changes, as many in each transaction as may share one. Each is made or not as it would be alone; what the first one
     * that is not made throws is thrown.
     */
    public <R> List<R> makeAll(List<Function<V, Change<R, V>>> decisions) {
        List<Waiting<R, V>> mine =
                decisions.stream().map(decide -> new Waiting<R, V>(decide)).toList();
        queue.addAll(mine);
        turn.lock();
        try {
            while (!mine.stream().allMatch(Waiting::isDone)) {
                make(next());
            }
        } finally {
            turn.unlock();
        }
        return mine.stream().map(Waiting::result).toList();
    }

    private List<Waiting<?, V>> next() {
        List<Waiting<?, V>> batch = new ArrayList<>();
        while (batch.size() < together) {
            Waiting<?, V> waiting = queue.poll();
            if (waiting == null) {
                break;
            }
            batch.add(waiting);
        }
        return batch;
    }

    /** Whatever happens, everyone of the batch is told. */
    private void make(List<Waiting<?, V>> batch) {
        try {
            decideAndWrite(batch);
            batch.forEach(Waiting::done);
        } catch (RuntimeException | Error e) {
            drop();
            batch.forEach(waiting -> waiting.failed(e));
        }
    }

    private void decideAndWrite(List<Waiting<?, V>> batch) {
        Optional<InDoubt> inDoubt = Optional.empty();
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try {
                ChangeWriter current = right();
                if (inDoubt.isPresent() && inDoubt.get().wasMade(kafka, LIMIT)) {
                    awaitSeen(batch);
                    return;
                }
                List<ProducerRecord<byte[], byte[]>> records = decide(batch);
                inDoubt = records.isEmpty() ? Optional.empty() : current.write(records);
                if (inDoubt.isEmpty()) {
                    awaitSeen(batch);
                    return;
                }
                drop();
            } catch (ChangeWriter.ShutOut e) {
                drop();
            }
            LOG.debug("another change came between, decides again");
            pause(tries);
        }
        if (inDoubt.isPresent()) {
            throw new IllegalStateException("it is not known whether the change was made");
        }
        throw new ChangesRefused();
    }

    /** Who holds the right already has seen everything; who takes it reads to the end. */
    private ChangeWriter right() throws ChangeWriter.ShutOut {
        ChangeWriter current = writer;
        if (current == null) {
            current = ChangeWriter.take(kafka, topics.changeWriter());
            writer = current;
            V unused = views.refresh(LIMIT);
        }
        return current;
    }

    private List<ProducerRecord<byte[], byte[]>> decide(List<Waiting<?, V>> batch) {
        V draft = views.draft();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Waiting<?, V> waiting : batch) {
            waiting.decide(draft);
            waiting.change().ifPresent(change -> records.addAll(records(change)));
        }
        return records;
    }

    private List<ProducerRecord<byte[], byte[]>> records(Change<?, V> change) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(change.records());
        change.rows().forEach(row -> records.add(row.record(topics.spec(row.topic()))));
        AuditRow audit = change.audit();
        if (audit != null) {
            records.add(new Row(topics.audit(), audit.tenant(), audit).record(topics.spec(topics.audit())));
        }
        return records;
    }

    /** A commit is acknowledged a moment before readers see what it wrote. */
    private void awaitSeen(List<Waiting<?, V>> batch) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!batch.stream().allMatch(waiting -> waiting.isSeen(views.draft()))) {
            V unused = views.refresh(LIMIT);
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "the change was made and is not seen after " + LIMIT.toSeconds() + " s");
            }
        }
    }

    /** The longer, the more often it was shut out; by chance, so that two do not shut each other out for ever. */
    private void pause(int tries) {
        long most = SHORTEST_PAUSE_NANOS << Math.min(tries, MOST_DOUBLINGS);
        LockSupport.parkNanos(random.nextLong(most));
    }

    private void drop() {
        ChangeWriter current = writer;
        writer = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            drop();
        } finally {
            turn.unlock();
        }
    }
}
