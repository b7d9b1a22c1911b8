package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.EndpointId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps one endpoint from filling a lane. An endpoint has a number of POSTs in flight at the most; what comes beyond waits
 * in a queue of its own for as long as the queue moves fast enough, and is put off to a tier when it does not. Time is an
 * argument; not for several threads.
 */
final class EndpointGate {
    /** How long a delivery may wait in an endpoint's queue; also how the length of that queue is judged. */
    static final Duration MAX_WAIT = Duration.ofMillis(200);

    /** How long an endpoint takes to answer, until that is known. */
    private static final long ASSUMED_ANSWER_NANOS = 20_000_000;

    /** A delivery that is put off comes back after this part of the time that its turn is away: often enough to keep pace. */
    private static final int LOOKS_PER_WAIT = 16;

    /** What is known of an endpoint to which nothing has come for so long is forgotten. */
    private static final long FORGET_AFTER_NANOS = Duration.ofMinutes(15).toNanos();

    private static final long SWEEP_NANOS = Duration.ofSeconds(10).toNanos();

    /** The latest answer counts one part in so many in the mean. */
    private static final int MEAN_OVER = 16;

    private final int maxInFlight;
    private final Map<EndpointId, Share> endpoints = new HashMap<>();
    private final Set<EndpointId> withQueue = new LinkedHashSet<>();
    private int queued;
    private long lastSweepNanos;

    /** What to do with a delivery that has come. */
    enum Admission {
        START,
        QUEUED,
        DEFER
    }

    /** One endpoint's share. */
    private static final class Share {
        private final ArrayDeque<Work> queue = new ArrayDeque<>();
        private int inFlight;
        private long meanAnswerNanos = ASSUMED_ANSWER_NANOS;
        private long lastAnswerNanos;
        private long lastOfferNanos;
        /** How many were put off and have not come back. */
        private int putOff;

        /** How long the next delivery would wait, if the endpoint goes on as it has, with all its places taken. */
        private long projectedWaitNanos(int maxInFlight, long nowNanos) {
            long answer = Math.max(meanAnswerNanos, nowNanos - lastAnswerNanos);
            return (queue.size() + 1L) * answer / maxInFlight;
        }

        private void answered(long tookNanos, long nowNanos) {
            meanAnswerNanos += (tookNanos - meanAnswerNanos) / MEAN_OVER;
            lastAnswerNanos = nowNanos;
        }
    }

    /** @param maxInFlight POSTs in flight to one endpoint */
    EndpointGate(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** Takes a delivery in. */
    Admission offer(Work work, long nowNanos) {
        EndpointId id = work.delivery().endpoint();
        Share share = endpoints.computeIfAbsent(id, key -> new Share());
        work.atGate(nowNanos);
        share.lastOfferNanos = nowNanos;
        if (work.delivery().deferrals() > 0 && share.putOff > 0) {
            share.putOff--;
        }
        if (share.inFlight == 0) {
            share.lastAnswerNanos = nowNanos;
        }
        if (share.inFlight < maxInFlight && share.queue.isEmpty()) {
            share.inFlight++;
            return Admission.START;
        }
        if (share.projectedWaitNanos(maxInFlight, nowNanos) > MAX_WAIT.toNanos()) {
            return Admission.DEFER;
        }
        share.queue.add(work);
        withQueue.add(id);
        queued++;
        return Admission.QUEUED;
    }

    /** A POST has ended; the next delivery of that endpoint to start, if one waits. */
    Optional<Work> release(Work ended, long nowNanos) {
        EndpointId id = ended.delivery().endpoint();
        Share share = endpoints.get(id);
        if (share == null) {
            return Optional.empty();
        }
        share.answered(nowNanos - ended.atGateNanos(), nowNanos);
        Work next = share.queue.poll();
        if (next != null) {
            queued--;
            if (share.queue.isEmpty()) {
                withQueue.remove(id);
            }
            next.atGate(nowNanos);
            return Optional.of(next);
        }
        if (--share.inFlight == 0 && share.putOff == 0) {
            endpoints.remove(id);
        }
        return Optional.empty();
    }

    /**
     * Counts a delivery that is put off, and says for how long: a part of the time that the endpoint needs for all that
     * waits for it, so that a burst comes back at the endpoint's pace and a dead endpoint's deliveries come back rarely.
     */
    Duration putOff(Work work, long nowNanos) {
        Share share = endpoints.computeIfAbsent(work.delivery().endpoint(), key -> new Share());
        share.lastOfferNanos = nowNanos;
        share.putOff++;
        long answer = Math.max(share.meanAnswerNanos, share.inFlight == 0 ? 0 : nowNanos - share.lastAnswerNanos);
        return Duration.ofNanos((share.queue.size() + (long) share.putOff) * (answer / maxInFlight) / LOOKS_PER_WAIT);
    }

    /** Takes out what has waited too long; it is to be put off. */
    List<Work> overdue(long nowNanos) {
        sweep(nowNanos);
        List<Work> overdue = new ArrayList<>();
        for (Iterator<EndpointId> ids = withQueue.iterator(); ids.hasNext(); ) {
            Share share = endpoints.get(ids.next());
            while (share != null && !share.queue.isEmpty() && isOverdue(share.queue.getFirst(), nowNanos)) {
                overdue.add(share.queue.removeFirst());
                queued--;
            }
            if (share == null || share.queue.isEmpty()) {
                ids.remove();
            }
        }
        return overdue;
    }

    private void sweep(long nowNanos) {
        if (nowNanos - lastSweepNanos > SWEEP_NANOS) {
            lastSweepNanos = nowNanos;
            endpoints
                    .values()
                    .removeIf(share -> share.inFlight == 0
                            && share.queue.isEmpty()
                            && nowNanos - share.lastOfferNanos > FORGET_AFTER_NANOS);
        }
    }

    private static boolean isOverdue(Work work, long nowNanos) {
        return nowNanos - work.atGateNanos() > MAX_WAIT.toNanos();
    }

    /** Takes out everything that waits, for a drain or a lost partition: it has not been sent. */
    List<Work> dropQueued(Predicate<Work> which) {
        List<Work> dropped = new ArrayList<>();
        for (Iterator<EndpointId> ids = withQueue.iterator(); ids.hasNext(); ) {
            Share share = endpoints.get(ids.next());
            if (share != null) {
                for (Iterator<Work> works = share.queue.iterator(); works.hasNext(); ) {
                    Work work = works.next();
                    if (which.test(work)) {
                        works.remove();
                        queued--;
                        dropped.add(work);
                    }
                }
            }
            if (share == null || share.queue.isEmpty()) {
                ids.remove();
            }
        }
        return dropped;
    }

    /** How many wait in all. */
    int queued() {
        return queued;
    }
}
