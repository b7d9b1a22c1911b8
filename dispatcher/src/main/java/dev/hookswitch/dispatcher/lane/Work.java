package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.dispatcher.directory.Target;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A delivery that may be sent, and where it is in its life. Touched by the lane's thread alone. */
final class Work {
    private final Taken taken;
    private final Target target;
    private @Nullable EndpointShare share;
    private boolean queued;
    private boolean patient;
    private boolean lent;
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

    /** Whether it has waited in a tier. */
    boolean due() {
        return taken.delivery().origin() != null;
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

    /** The gate has it. */
    void atGate(EndpointShare endpointShare) {
        share = endpointShare;
    }

    /** Its endpoint at the gate; null while no gate has seen it. */
    @Nullable EndpointShare share() {
        return share;
    }

    /** The gate queued it. */
    void queued(boolean mayWaitLong, long nowNanos) {
        queued = true;
        patient = mayWaitLong;
        atGateNanos = nowNanos;
    }

    /** The gate let it go. */
    void begun(boolean onALentPlace, long nowNanos) {
        lent = onALentPlace;
        atGateNanos = nowNanos;
    }

    /** It has left the queue. */
    void dequeued() {
        queued = false;
    }

    boolean isQueued() {
        return queued;
    }

    /** Whether it was queued to wait long. */
    boolean isPatient() {
        return patient;
    }

    /** Whether it was let go on a place that the gate lent. */
    boolean isLent() {
        return lent;
    }

    /** When it was queued or let go. */
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
