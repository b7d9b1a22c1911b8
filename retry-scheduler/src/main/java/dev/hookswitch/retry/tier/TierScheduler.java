package dev.hookswitch.retry.tier;

import dev.hookswitch.common.service.Health;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one tier. Runs sessions one after another: when one cannot go on (fenced, a commit with an unknown
 * result, a lost broker), its clients are closed and new ones begin at what is committed, after a pause that grows.
 */
final class TierScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TierScheduler.class);
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long MAX_BACKOFF_MS = 5_000;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final String tier;
    private final Supplier<TierSession> sessions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile Health health = Health.starting("has not started");

    TierScheduler(String tier, Supplier<TierSession> sessions) {
        this.tier = tier;
        this.sessions = sessions;
        this.thread = new Thread(this::run, "retry-" + tier);
    }

    void start() {
        thread.start();
    }

    Health health() {
        return health;
    }

    private void run() {
        try {
            long backoffMs = FIRST_BACKOFF_MS;
            while (!stopping()) {
                if (runSession()) {
                    backoffMs = FIRST_BACKOFF_MS;
                }
                if (stop.await(backoffMs, TimeUnit.MILLISECONDS)) {
                    return;
                }
                backoffMs = Math.min(2 * backoffMs, MAX_BACKOFF_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            health = Health.down("stopped");
        }
    }

    /** Returns when the session has ended: whether it had copied anything. */
    private boolean runSession() {
        boolean copied = false;
        try (TierSession session = sessions.get()) {
            session.open();
            while (!stopping()) {
                copied |= session.step();
                health = session.health();
            }
        } catch (Throwable e) {
            // An Error too, such as a lack of memory for a moment: without this thread the tier stands still for good.
            if (!stopping()) {
                health = Health.down("tier " + tier + " cannot copy: " + e);
                LOG.error("tier {} cannot go on and begins anew", tier, e);
            }
        }
        return copied;
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    /** Asks the thread to end after the transaction that it may be in. */
    void stop() {
        stop.countDown();
    }

    /** Stops, and waits for the end of the thread. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                LOG.warn("tier {} does not stop in time and is interrupted", tier);
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT_MS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
