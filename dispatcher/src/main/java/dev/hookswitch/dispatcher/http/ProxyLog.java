package dev.hookswitch.dispatcher.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the egress proxy fails, and not for each attempt of the thousands that it fails. */
final class ProxyLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyLog.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong next;

    ProxyLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    void failed(String how) {
        failures.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            LOG.warn("egress proxy fails, deliveries are put off failures={} last={}", failures.getAndSet(0), how);
        }
    }
}
