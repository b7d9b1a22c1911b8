package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint at a gate: what it has in flight, what waits for it here, how much waits for it in tiers, and what follows
 * from that for the next delivery.
 */
final class EndpointShare {
    /** A delivery that came for its turn may wait in a queue of so many times the places that an endpoint can have. */
    private static final int TURN_QUEUE = 8;

    private static final double NANOS_PER_MS = 1e6;
    private static final double MAX_TURN_NANOS = Duration.ofDays(30).toNanos();

    /**
     * An endpoint that takes one delivery in this time or less is about as quick as a lane. The lane waits for it instead
     * of putting its deliveries off, which would cost more than to send them.
     */
    private static final double QUICK_PACE_NANOS = Duration.ofNanos(200_000).toNanos();

    /** What may wait for such an endpoint before the lane stops reading: enough for the time until it looks again. */
    private static final int QUICK_QUEUE = 256;

    /** So many places an endpoint has whatever it does. */
    private static final int SURE_PLACES = 2;

    private final int maxInFlight;
    private final Spare spare;
    private final ArrayDeque<Work> queue = new ArrayDeque<>(4);
    private final Answers answers;
    private final Places places;
    private final RateLimit limit;
    private int inFlight;
    /** How many that were put off are ahead of the next one that is; shrinks at the endpoint's pace. */
    private double backlog;

    private long backlogAtNanos;
    private long lastOfferNanos;
    private boolean awaitsReady;

    EndpointShare(int maxInFlight, Spare spare, GateTime now) {
        this.maxInFlight = maxInFlight;
        this.spare = spare;
        this.answers = new Answers(now.nanos());
        this.places = new Places(maxInFlight, now.nanos());
        this.limit = new RateLimit(now.nanos());
        this.backlogAtNanos = now.nanos();
    }

    // ---- deciding

    /** What becomes of a delivery that has come; one that may start or wait is counted. */
    EndpointGate.Admission admit(Work work, double maxPerSecond, GateTime now) {
        limit.set(maxPerSecond);
        lastOfferNanos = now.nanos();
        Delivery.Turn turn = work.delivery().turn();
        boolean itsTurn = turn != null && untilNanos(turn, now) < EndpointGate.LONG_WAIT.toNanos();
        boolean quick = isQuick(now);
        boolean mayWait = itsTurn || quick || backlog(now) <= 0;
        // The burst of the limit is for those whose turn it is; others take what these leave.
        if (queue.isEmpty()
                && hasPlace(now)
                && (mayWait ? limit.waitNanos(now.nanos()) == 0 : limit.isRested(now.nanos()))) {
            if (turn == null && backlog > 0) {
                backlog++;
            }
            begin(work, now);
            return EndpointGate.Admission.START;
        }
        if (!mayWait || !isShortWait(itsTurn, now)) {
            return EndpointGate.Admission.DEFER;
        }
        enqueue(work, itsTurn || quick || spare.hasPatience(), now);
        return EndpointGate.Admission.QUEUED;
    }

    private boolean isShortWait(boolean itsTurn, GateTime now) {
        double wait = Math.max(
                (queue.size() + 1) * answerPaceNanos(now),
                (double) limit.waitNanos(now.nanos()) + (double) queue.size() * limit.intervalNanos());
        return wait <= EndpointGate.MAX_WAIT.toNanos()
                || (itsTurn && wait <= EndpointGate.LONG_WAIT.toNanos() && queue.size() < TURN_QUEUE * maxInFlight);
    }

    /** Counts a delivery that is put off, and says for how long. */
    PutOff putOff(Work work, GateTime now) {
        double pace = paceNanos(now);
        Delivery.Turn turn = work.delivery().turn();
        double until = turn == null ? 0 : untilNanos(turn, now);
        if (until <= 0) {
            double ahead = queue.size() + backlog(now);
            until = limit.waitNanos(now.nanos()) + ahead * pace;
            backlog++;
        }
        until = Math.min(until, MAX_TURN_NANOS);
        // What is said of an endpoint that does not answer is a guess: it looks no further ahead than it looks back.
        double backWithin = answers.isSilent(inFlight > 0, now.nanos())
                ? Math.min(until, (double) answers.silentNanos(now.nanos()))
                : until;
        return new PutOff(
                limit.intervalNanos() > answerPaceNanos(now) ? Deferral.LIMITED : Deferral.BUSY,
                Duration.ofNanos((long) backWithin),
                new Delivery.Turn(now.epochMs() + (long) Math.ceil(until / NANOS_PER_MS), Math.max(1, (long) pace)));
    }

    /** How long a turn is away: what was left of it, at the pace of now. */
    private double untilNanos(Delivery.Turn turn, GateTime now) {
        double left = (turn.atMs() - now.epochMs()) * NANOS_PER_MS;
        return left <= 0 ? left : left * paceNanos(now) / turn.paceNanos();
    }

    /** How long the endpoint takes for each delivery, when it has as many as it may. */
    private double paceNanos(GateTime now) {
        return Math.max((double) limit.intervalNanos(), answerPaceNanos(now));
    }

    private double answerPaceNanos(GateTime now) {
        double usual = answers.meanNanos() / places.soon(answers);
        return answers.isSilent(inFlight > 0, now.nanos())
                ? Math.max(usual, answers.silentNanos(now.nanos()) / (double) places.now())
                : usual;
    }

    private double backlog(GateTime now) {
        if (backlog > 0) {
            // The time of an answer may lie before what the lane has looked at since.
            backlog = Math.max(0, backlog - Math.max(0, now.nanos() - backlogAtNanos) / paceNanos(now));
        }
        backlogAtNanos = now.nanos();
        return backlog;
    }

    // ---- what happens

    private void begin(Work work, GateTime now) {
        boolean lent = inFlight >= SURE_PLACES && !isTrusted(now);
        if (lent) {
            spare.lend();
        }
        if (inFlight == 0) {
            answers.awaited(now.nanos());
        }
        inFlight++;
        limit.began(now.nanos());
        work.begun(lent, now.nanos());
    }

    private void enqueue(Work work, boolean patient, GateTime now) {
        queue.add(work);
        if (patient) {
            spare.patientQueued();
        }
        work.queued(patient, now.nanos());
    }

    /** Takes a delivery out of the queue. */
    void dequeue(Work work) {
        if (queue.peek() == work) {
            queue.remove();
        } else {
            queue.remove(work);
        }
        left(work);
    }

    private void left(Work work) {
        if (work.isPatient()) {
            spare.patientLeft();
        }
        work.dequeued();
    }

    /** The next that may start now, counted as started; null when none may. */
    @Nullable Work next(GateTime now) {
        if (!isReady(now) || limit.waitNanos(now.nanos()) > 0) {
            return null;
        }
        Work next = queue.remove();
        left(next);
        begin(next, now);
        return next;
    }

    void ended(Work work, EndpointGate.End end, GateTime now) {
        long tookNanos = now.nanos() - work.atGateNanos();
        switch (end) {
            case ANSWERED -> {
                answers.inTime(tookNanos, now.nanos());
                long deadlineNanos = work.target().profile().attemptDeadline().toNanos();
                places.inTime(tookNanos, deadlineNanos, answers, inFlight);
            }
            case TIMED_OUT -> {
                answers.missed(tookNanos);
                places.missed(work.atGateNanos(), now.nanos());
            }
            case NOT_SENT -> {}
        }
        inFlight--;
        if (work.isLent()) {
            spare.giveBack();
        }
    }

    // ---- what is

    private boolean hasPlace(GateTime now) {
        return inFlight < places.now() && (inFlight < SURE_PLACES || spare.hasPlace() || isTrusted(now));
    }

    /** Whether it has answered, and does. */
    private boolean isTrusted(GateTime now) {
        return answers.areKnown() && !answers.isSilent(inFlight > 0, now.nanos());
    }

    private boolean isQuick(GateTime now) {
        return isTrusted(now) && paceNanos(now) <= QUICK_PACE_NANOS;
    }

    /** Whether it is worth a pause of the lane's reading: so quick that what waits will be gone in some milliseconds. */
    boolean isCrowded(GateTime now) {
        return queue.size() >= QUICK_QUEUE && isQuick(now);
    }

    /** Whether one waits that has a place; the limit may still hold it back. */
    boolean isReady(GateTime now) {
        return !queue.isEmpty() && hasPlace(now);
    }

    /** How long the limit holds back whoever comes next. */
    long limitWaitNanos(GateTime now) {
        return limit.waitNanos(now.nanos());
    }

    /** Whether it stands among those that the gate will ask for the next. */
    boolean awaitsReady() {
        return awaitsReady;
    }

    void awaitsReady(boolean awaits) {
        awaitsReady = awaits;
    }

    /** Whether nothing is going on that must be remembered, and nothing has come for so long. */
    boolean isIdle(long forNanos, GateTime now) {
        return inFlight == 0
                && queue.isEmpty()
                && limit.isRested(now.nanos())
                && now.nanos() - lastOfferNanos > forNanos;
    }

    boolean hasBacklog(GateTime now) {
        return backlog(now) > 0;
    }
}
