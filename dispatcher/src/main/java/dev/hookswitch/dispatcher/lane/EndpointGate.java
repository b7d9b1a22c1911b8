package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.dispatcher.http.SendResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps one endpoint from filling a lane, and the lane from flooding an endpoint. An endpoint has a number of POSTs in
 * flight at the most, and may have a limit of deliveries per second; what comes beyond waits in a queue of its own for as
 * long as that moves fast enough, and is put off to a tier when it does not. Time is an argument; not for several threads.
 */
final class EndpointGate {
    /** How long a delivery may wait in an endpoint's queue; also how the length of that queue is judged. */
    static final Duration MAX_WAIT = Duration.ofMillis(200);

    /**
     * The same for one that was put off and has come for its turn: such come back together, up to a shortest tier's worth
     * at once. Others may wait as long, too, while the lane can spare it.
     */
    static final Duration LONG_WAIT = Duration.ofSeconds(1);

    /** An endpoint to which nothing has come for so long is forgotten. */
    private static final long FORGET_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

    /** The same for one that something in a tier may still wait for: longer than the longest tier. */
    private static final long FORGET_BACKLOG_AFTER_NANOS =
            Duration.ofMinutes(15).toNanos();

    private static final long SWEEP_NANOS = Duration.ofSeconds(10).toNanos();

    private final int maxInFlight;
    private final Spare spare;
    private final double maxPerSecond;
    private final Map<EndpointId, EndpointShare> endpoints = new HashMap<>();
    /** What was queued, in order of time; what has left its queue since is passed over. */
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();

    private final ArrayDeque<Work> waitingLong = new ArrayDeque<>();
    private final ArrayDeque<EndpointShare> ready = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::nanos));
    private final Set<EndpointShare> crowded = new HashSet<>();
    private int queued;
    private long lastSweepNanos;

    /** What to do with a delivery that has come. */
    enum Admission {
        START,
        QUEUED,
        DEFER
    }

    /** What the end of a POST says of its endpoint. */
    enum End {
        /** It did something within the deadline, be it a failure. */
        ANSWERED,
        /** Its deadline passed. */
        TIMED_OUT,
        /** Nothing: it never came to the endpoint. */
        NOT_SENT;

        static End of(SendResult result) {
            if (result instanceof SendResult.Failed failed) {
                return switch (failed.reason()) {
                    case TIMEOUT, CONNECT_TIMEOUT, TLS_TIMEOUT -> TIMED_OUT;
                    case INTERNAL, EGRESS_DENIED, DNS, DNS_TIMEOUT, UNKNOWN -> NOT_SENT;
                    case SUCCESS,
                            REDIRECT,
                            GONE,
                            RATE_LIMITED,
                            TRY_AGAIN,
                            CLIENT_ERROR,
                            SERVER_ERROR,
                            CONNECT,
                            TLS,
                            TRANSPORT,
                            TRANSPORT_REUSED -> ANSWERED;
                };
            }
            return ANSWERED;
        }
    }

    /** An endpoint that waits for its limit. */
    private record Later(long nanos, EndpointShare share) {}

    /**
     * A gate with nothing in flight.
     *
     * @param maxInFlight POSTs in flight to one endpoint at the most
     * @param lanePlaces POSTs in flight in the lane at the most
     * @param maxPerSecond deliveries per second to an endpoint that has no limit of its own; 0 for none
     */
    EndpointGate(int maxInFlight, int lanePlaces, double maxPerSecond) {
        this.maxInFlight = maxInFlight;
        this.spare = new Spare(lanePlaces);
        this.maxPerSecond = maxPerSecond;
    }

    /** Takes a delivery in. */
    Admission offer(Work work, GateTime now) {
        EndpointShare share = share(work, now);
        work.atGate(share);
        Double own = work.target().maxPerSecond();
        Admission admission = share.admit(work, own == null ? maxPerSecond : own, now);
        if (admission == Admission.QUEUED) {
            queued++;
            (work.isPatient() ? waitingLong : waiting).add(work);
            awaitReady(share, now);
            if (share.isCrowded(now)) {
                crowded.add(share);
            }
        }
        return admission;
    }

    /** Whether reading should pause for an endpoint that is as quick as the lane and has enough for now. */
    boolean isCrowded(GateTime now) {
        if (!crowded.isEmpty()) {
            crowded.removeIf(share -> !share.isCrowded(now));
        }
        return !crowded.isEmpty();
    }

    private EndpointShare share(Work work, GateTime now) {
        EndpointId id = work.delivery().endpoint();
        EndpointShare share = endpoints.get(id);
        if (share == null) {
            if (endpoints.isEmpty()) {
                lastSweepNanos = now.nanos();
            }
            share = new EndpointShare(maxInFlight, spare, now);
            endpoints.put(id, share);
        }
        return share;
    }

    /** Counts a delivery that is put off, and says for how long. */
    PutOff putOff(Work work, GateTime now) {
        EndpointShare share = work.share();
        return (share == null ? share(work, now) : share).putOff(work, now);
    }

    /** A POST has ended; {@link #ready} tells what may start in its place. */
    void release(Work ended, End end, GateTime now) {
        EndpointShare share = ended.share();
        if (share != null) {
            share.ended(ended, end, now);
            awaitReady(share, now);
        }
    }

    private void awaitReady(EndpointShare share, GateTime now) {
        if (share.awaitsReady() || !share.isReady(now)) {
            return;
        }
        share.awaitsReady(true);
        long wait = share.limitWaitNanos(now);
        if (wait == 0) {
            ready.add(share);
        } else {
            later.add(new Later(now.nanos() + wait, share));
        }
    }

    /** Takes out what may start now, so many at the most; each counts as in flight from now on. */
    List<Work> ready(int atMost, GateTime now) {
        while (!later.isEmpty() && later.element().nanos() - now.nanos() <= 0) {
            ready.add(later.remove().share());
        }
        if (ready.isEmpty() || atMost <= 0) {
            return List.of();
        }
        List<Work> begun = new ArrayList<>();
        while (!ready.isEmpty() && begun.size() < atMost) {
            EndpointShare share = ready.element();
            Work next = share.next(now);
            if (next == null) {
                ready.remove();
                share.awaitsReady(false);
                awaitReady(share, now);
            } else {
                queued--;
                begun.add(next);
            }
        }
        return begun;
    }

    /** Takes out what has waited too long; it is to be put off. */
    List<Work> overdue(GateTime now) {
        sweep(now);
        if (queued == 0) {
            waiting.clear();
            waitingLong.clear();
            return List.of();
        }
        List<Work> overdue = new ArrayList<>();
        takeOverdue(waiting, MAX_WAIT, now, overdue);
        takeOverdue(waitingLong, LONG_WAIT, now, overdue);
        return overdue;
    }

    private void takeOverdue(ArrayDeque<Work> from, Duration limit, GateTime now, List<Work> into) {
        for (Work work = from.peek(); work != null; work = from.peek()) {
            if (work.isQueued() && now.nanos() - work.atGateNanos() <= limit.toNanos()) {
                return;
            }
            from.remove();
            if (work.isQueued()) {
                dequeue(work);
                into.add(work);
            }
        }
    }

    private void dequeue(Work work) {
        EndpointShare share = work.share();
        if (share != null) {
            share.dequeue(work);
        }
        queued--;
    }

    private void sweep(GateTime now) {
        if (now.nanos() - lastSweepNanos > SWEEP_NANOS) {
            lastSweepNanos = now.nanos();
            endpoints
                    .values()
                    .removeIf(share -> share.isIdle(FORGET_AFTER_NANOS, now)
                            && (!share.hasBacklog(now) || share.isIdle(FORGET_BACKLOG_AFTER_NANOS, now)));
        }
    }

    /** Takes out everything of the kind that waits, for a drain or a lost partition: it has not been sent. */
    List<Work> dropQueued(Predicate<Work> which) {
        List<Work> dropped = new ArrayList<>();
        drop(waiting, which, dropped);
        drop(waitingLong, which, dropped);
        return dropped;
    }

    private void drop(ArrayDeque<Work> from, Predicate<Work> which, List<Work> into) {
        for (Iterator<Work> works = from.iterator(); works.hasNext(); ) {
            Work work = works.next();
            if (work.isQueued() && which.test(work)) {
                works.remove();
                dequeue(work);
                into.add(work);
            }
        }
    }

    /** How many wait in all. */
    int queued() {
        return queued;
    }
}
