package dev.hookswitch.console.log;

import dev.hookswitch.common.service.Health;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that keeps the partitions that are ours filled, and begins anew after a failure. */
final class LogFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFeed.class);
    private static final long PAUSE_SECONDS = 2;
    private static final long STOP_SECONDS = 15;

    private final LogSettings settings;
    private final StoreSpec spec;
    private final LogMeters meters;
    private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "delivery-log");
    private volatile Health health = Health.starting("the delivery log has not started");

    LogFeed(LogSettings settings, StoreSpec spec, LogMeters meters) {
        this.settings = settings;
        this.spec = spec;
        this.meters = meters;
        meters.watch(owned::values);
    }

    void start() {
        thread.start();
    }

    /** The partition, when it is ours. */
    Optional<OwnedPartition> partition(int partition) {
        return Optional.ofNullable(owned.get(partition));
    }

    Health health() {
        return health;
    }

    private void run() {
        try {
            do {
                session();
            } while (!stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            health = Health.down("the delivery log was interrupted");
        } catch (Error e) {
            health = Health.down("the delivery log has ended: " + e);
            LOG.error("the delivery log has ended", e);
            throw e;
        }
    }

    private void session() {
        try (LogSession session = new LogSession(settings, spec, owned, meters)) {
            while (stopping.getCount() > 0) {
                session.step();
                health = Health.UP;
            }
        } catch (RuntimeException | RocksDBException | IOException e) {
            health = Health.down("the delivery log failed and begins anew: " + e);
            LOG.error("the delivery log failed and begins anew", e);
        }
    }

    /** Leaves the folders as they are, for the next start. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the delivery log did not stop in time");
        }
    }

    /** Whether nothing uses the stores' memory any more. */
    boolean isStopped() {
        return !thread.isAlive();
    }
}
