package dev.hookswitch.common.service;

import dev.hookswitch.common.kafka.CompactedTopic;
import dev.hookswitch.common.kafka.KafkaProperties;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a view of compacted topics on a thread of its own: reads them once, then follows them, and asks Kafka every second
 * whether it has everything. A view is shown when it is complete for the first time: halfway, a topic says what was true in
 * the past. When the topics are lost, the view stays as it is until a new one is complete.
 *
 * @param <V> the view; written by the follower's thread, read by any
 */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Short, since nothing may come. */
    private static final Duration POLL_WHILE_BEHIND = Duration.ofMillis(20);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaProperties kafka;
    private final List<String> topics;
    private final Supplier<V> fresh;
    private final Take<V> take;
    private final Consumer<V> everyLook;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Object change = new Object();
    private volatile @Nullable CompactedTopic reader;
    /** Written under {@link #change}. */
    private volatile @Nullable Complete<V> complete;
    /** Guarded by {@link #change}. */
    private boolean lookWanted;

    /** Puts a record into a view; a null value is a deletion. What it throws is for bad records to be logged and left out. */
    @FunctionalInterface
    public interface Take<V> {
        void take(V into, ConsumerRecord<String, byte[]> record, byte @Nullable [] value);
    }

    /** A view that had everything that Kafka had at this time, and may have more. */
    private record Complete<V>(V view, long asOfNanos) {}

    /**
     * Connects to nothing yet.
     *
     * @param name of the thread, and in the log
     * @param fresh makes an empty view
     */
    public TopicFollower(
            String name,
            KafkaProperties kafka,
            List<String> topics,
            Supplier<V> fresh,
            Take<V> take,
            LongSupplier nanoTime) {
        this(name, kafka, topics, fresh, take, view -> {}, nanoTime);
    }

    /**
     * Connects to nothing yet.
     *
     * @param name of the thread, and in the log
     * @param fresh makes an empty view
     * @param everyLook is given the complete view on the follower's thread, about every second
     */
    public TopicFollower(
            String name,
            KafkaProperties kafka,
            List<String> topics,
            Supplier<V> fresh,
            Take<V> take,
            Consumer<V> everyLook,
            LongSupplier nanoTime) {
        this.kafka = kafka;
        this.topics = List.copyOf(topics);
        this.fresh = fresh;
        this.take = take;
        this.everyLook = everyLook;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::follow, name);
        this.thread.setDaemon(true);
    }

    /** Begins, and returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether it still follows, or tries to. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** The view, however old it is; null before the first is complete. */
    public @Nullable V latest() {
        Complete<V> current = complete;
        return current == null ? null : current.view();
    }

    /** The view, if it is complete and had everything that Kafka had so long ago. */
    public Optional<V> view(Duration maxAge) {
        Complete<V> current = complete;
        return current == null || nanoTime.getAsLong() - current.asOfNanos() > maxAge.toNanos()
                ? Optional.empty()
                : Optional.of(current.view());
    }

    /**
     * Waits until the view has everything that Kafka had acknowledged before the call.
     *
     * @throws IllegalStateException when that takes longer than the limit
     */
    public V refresh(Duration limit) {
        long calledNanos = nanoTime.getAsLong();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        synchronized (change) {
            lookWanted = true;
            while (true) {
                Complete<V> current = complete;
                if (current != null && current.asOfNanos() - calledNanos >= 0) {
                    return current.view();
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new IllegalStateException(
                            String.join(", ", topics) + " could not be read within " + limit.toSeconds() + " s",
                            new java.util.concurrent.TimeoutException());
                }
                try {
                    change.wait(leftMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while reading " + String.join(", ", topics), e);
                }
            }
        }
    }

    private void follow() {
        while (stop.getCount() > 0) {
            try {
                readAndFollow();
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.warn("{} lost its topics, starts again: {}", thread.getName(), e.toString());
                pause();
            }
        }
    }

    private void readAndFollow() {
        long askedNanos = nanoTime.getAsLong();
        try (CompactedTopic topic = new CompactedTopic(kafka, topics)) {
            reader = topic;
            V view = fresh.get();
            boolean behind = true;
            while (stop.getCount() > 0) {
                topic.poll(behind ? POLL_WHILE_BEHIND : POLL, (record, value) -> put(view, record, value));
                if (behind && topic.caughtUp()) {
                    show(new Complete<>(view, askedNanos));
                    behind = false;
                }
                if (!behind && isTimeToLook(askedNanos)) {
                    askedNanos = nanoTime.getAsLong();
                    everyLook.accept(view);
                    behind = look(topic);
                }
            }
        }
    }

    /** The time is taken after this, so that a look that was wanted before it counts. */
    private boolean isTimeToLook(long askedNanos) {
        synchronized (change) {
            boolean wanted = lookWanted;
            lookWanted = false;
            return wanted || nanoTime.getAsLong() - askedNanos >= LOOK_EVERY.toNanos();
        }
    }

    /** Returns whether Kafka answered. Without an answer the view goes on, and grows old. */
    private boolean look(CompactedTopic topic) {
        try {
            topic.look(LOOK_LIMIT);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("{} was not told where its topics end: {}", thread.getName(), e.getMessage());
            return false;
        }
    }

    private void show(Complete<V> now) {
        synchronized (change) {
            complete = now;
            change.notifyAll();
        }
    }

    /** A record that cannot be read leaves the view as it was. */
    private void put(V view, ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        try {
            take.take(view, record, value);
        } catch (RuntimeException e) {
            // Without the message: it may quote the value.
            LOG.warn(
                    "unreadable record ignored topic={} partition={} offset={}",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private void pause() {
        try {
            boolean unused = stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
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
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
