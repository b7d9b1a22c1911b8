package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.service.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane's thread. When a session dies of something unexpected, a new one begins after a pause. */
public final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    /** Longer than a turn takes in which Kafka answers nothing: a restart would only lose results. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);

    private final LaneContext context;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile long lastTurnNanos;
    private volatile @Nullable String trouble = "starting";
    private volatile Stats stats = new Stats(0, 0, 0, 0);

    /**
     * What a lane shows of itself.
     *
     * @param inFlight POSTs in flight
     * @param queued deliveries that wait for their endpoint
     * @param oldestMillis age of the oldest unfinished delivery that was read
     * @param behindMillis how long ago the next delivery to begin with was written; 0 when all that was read has begun
     */
    public record Stats(int inFlight, int queued, long oldestMillis, long behindMillis) {}

    /**
     * Makes a lane; {@link #start} starts it.
     *
     * @param consumers makes the lane's consumer
     * @param producers makes the lane's transactional producer, always with the same transactional id
     */
    public Lane(
            int number,
            LaneContext context,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<byte[], byte[]>> producers) {
        this.context = context;
        this.consumers = consumers;
        this.producers = producers;
        this.lastTurnNanos = context.nanoTime().getAsLong();
        this.thread = new Thread(this::run, "lane-" + number);
        context.metrics().lane(number, "in.flight", "POSTs in flight", () -> stats.inFlight());
        context.metrics().lane(number, "queued", "deliveries that wait for their endpoint", () -> stats.queued());
        context.metrics()
                .lane(number, "oldest.millis", "age of the oldest unfinished delivery", () -> stats.oldestMillis());
        context.metrics()
                .lane(number, "behind.millis", "since the next delivery was written", () -> stats.behindMillis());
    }

    public void start() {
        thread.start();
    }

    public Health health() {
        String problem = trouble;
        if (!thread.isAlive()) {
            return Health.down("lane is not running");
        }
        if (context.nanoTime().getAsLong() - lastTurnNanos > STUCK_AFTER.toNanos()) {
            return Health.down("lane is stuck");
        }
        return problem == null ? Health.UP : Health.starting(problem);
    }

    private void run() {
        while (!stopping()) {
            try {
                session();
            } catch (RuntimeException | Error e) {
                LOG.error("lane session ended, a new one follows: {}", e.toString(), e);
                trouble = e.toString();
                lastTurnNanos = context.nanoTime().getAsLong();
                awaitStop(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void session() {
        // The consumer closes first: it gives its partitions back then, which may need a last commit.
        try (ResultCommitter committer =
                        new ResultCommitter(producers, Executors.newSingleThreadExecutor(this::committing));
                Consumer<byte[], byte[]> consumer = consumers.get()) {
            LaneSession session = new LaneSession(context, consumer, committer);
            session.subscribe();
            while (!stopping()) {
                session.turn();
                lastTurnNanos = context.nanoTime().getAsLong();
                stats = new Stats(
                        session.inFlight(),
                        session.queued(),
                        session.oldestAge().toMillis(),
                        session.behind().toMillis());
                trouble = session.commitTrouble().orElse(null);
            }
            session.drain();
        }
    }

    private Thread committing(Runnable what) {
        return new Thread(what, thread.getName() + "-commits");
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void awaitStop(Duration limit) {
        try {
            boolean unused = stop.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Begins the drain; {@link #close} waits for its end. */
    public void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(context.settings().drainTimeout().plusSeconds(15).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
