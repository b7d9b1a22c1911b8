package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.dispatcher.directory.Target;
import org.apache.kafka.common.TopicPartition;

/** A delivery that may be sent, and where it is in its life. Touched by the lane's thread alone. */
final class Work {
    private final Taken taken;
    private final Target target;
    private long atGateNanos;
    private long startedAtNanos;
    private long startedAtMs;

    Work(Taken taken, Target target) {
        this.taken = taken;
        this.target = target;
    }

    Taken taken() {
        return taken;
    }

    TopicPartition partition() {
        return taken.partition();
    }

    Delivery delivery() {
        return taken.delivery();
    }

    byte[] body() {
        return taken.body();
    }

    Target target() {
        return target;
    }

    /** The gate queued it, or let it go; on the gate's clock. */
    void atGate(long nowNanos) {
        atGateNanos = nowNanos;
    }

    long atGateNanos() {
        return atGateNanos;
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
