package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.dispatcher.directory.Target;
import org.apache.kafka.common.TopicPartition;

/** A delivery that a lane has taken in, and where it is in its life. Touched by the lane's thread alone. */
final class Work {
    private final TopicPartition partition;
    private final OffsetTracker.Entry entry;
    private final Delivery delivery;
    private final byte[] body;
    private final Target target;
    private long queuedAtNanos;
    private long startedAtNanos;
    private long startedAtMs;

    Work(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery, byte[] body, Target target) {
        this.partition = partition;
        this.entry = entry;
        this.delivery = delivery;
        this.body = body;
        this.target = target;
    }

    TopicPartition partition() {
        return partition;
    }

    OffsetTracker.Entry entry() {
        return entry;
    }

    Delivery delivery() {
        return delivery;
    }

    byte[] body() {
        return body;
    }

    Target target() {
        return target;
    }

    void queued(long nowNanos) {
        queuedAtNanos = nowNanos;
    }

    long queuedAtNanos() {
        return queuedAtNanos;
    }

    void started(long nowNanos, long nowMs) {
        startedAtNanos = nowNanos;
        startedAtMs = nowMs;
    }

    long startedAtNanos() {
        return startedAtNanos;
    }

    long startedAtMs() {
        return startedAtMs;
    }
}
