package dev.hookswitch.dispatcher.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that POSTs fail on our own side, the proxy included; not for each of the thousands that do. */
final class OwnFaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(OwnFaultLog.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong next;

    OwnFaultLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Counts one, and says so if nothing was said for a while. */
    void failed(String what, String how) {
        failures.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            LOG.warn(
                    "POSTs fail on our own side and are put off failures={} last={} how={}",
                    failures.getAndSet(0),
                    what,
                    how);
        }
    }
}
