package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.dispatcher.directory.Lookup;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a lane: a consumer, a committer, and what is between them. Everything runs on the lane's thread, except that
 * other threads add to its mailbox, and transactions run on the committer's thread.
 */
final class LaneSession implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSession.class);
    private static final Duration POLL_IDLE = Duration.ofMillis(100);
    private static final Duration POLL_BUSY = Duration.ofMillis(2);

    private static final Duration NAP = Duration.ofMillis(1);

    /** A nap ends early when so many have come back, or half of what is in flight: the other half goes on meanwhile. */
    private static final int ENOUGH_TO_WAKE = 32;

    /** So many are begun before the lane looks at what has come back: an endpoint's next one waits for that. */
    private static final int BEGUN_PER_TURN = 64;

    /** Of these, due ones: they come in bursts, and fresh ones that Kafka has by now are not to wait behind a whole one. */
    private static final int DUE_PER_TURN = 16;

    private static final Duration HANDOVER_COMMIT = Duration.ofMillis(1_500);
    private static final Duration DRAIN_COMMIT = Duration.ofSeconds(5);

    /** An endpoint that is in no topic is taken for a deleted one after so many deferrals: 36 s with the default tiers. */
    private static final int DEFERRALS_UNTIL_DELETED = 3;

    private final LaneContext context;
    private final Consumer<byte[], byte[]> consumer;
    private final ResultCommitter committer;
    private final Partitions partitions;
    private final Intake intake;
    private final EndpointGate gate;
    private final Conclusions conclusions;
    private final Commits commits;
    private final AttemptPipeline pipeline;
    private final Mailbox mailbox = new Mailbox();
    private final InFlight inFlight;
    /** Of the deliveries at the gate and in flight. */
    private long heldBytes;

    LaneSession(LaneContext context, Consumer<byte[], byte[]> consumer, ResultCommitter committer) {
        this.context = context;
        this.consumer = consumer;
        this.committer = committer;
        this.partitions =
                new Partitions(consumer, context.topicIds(), context.clock().millis() * 1_000);
        this.intake = new Intake(
                consumer,
                partitions,
                context.topics().deliveriesDue(),
                LaneSettings.MAX_POLL_RECORDS,
                context.settings().maxHeldBytes() / 4,
                context.settings().maxAhead(),
                context.nanoTime());
        this.inFlight = new InFlight(
                context.settings().maxInFlight(), context.settings().maxSlowInFlight());
        this.gate = new EndpointGate(
                context.settings().maxInFlightPerEndpoint(),
                context.settings().maxInFlight(),
                context.settings().maxPerSecondPerEndpoint());
        this.conclusions = new Conclusions(context, committer);
        this.commits = new Commits(context, consumer, partitions, committer);
        this.pipeline = new AttemptPipeline(
                context.addresses(),
                context.sender(),
                context.userAgent(),
                context.clock(),
                context.nanoTime(),
                mailbox::add);
    }

    void subscribe() {
        committer.open();
        consumer.subscribe(
                List.of(context.topics().deliveries(), context.topics().deliveriesDue()), this);
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Why results are not being committed, if that has gone on for some time. */
    Optional<String> commitTrouble() {
        return commits.trouble();
    }

    int queued() {
        return gate.queued();
    }

    /** How far the lane is behind what is written. */
    Duration behind() {
        return intake.waitedFor(context.clock());
    }

    Duration oldestAge() {
        long now = context.nanoTime().getAsLong();
        return Duration.ofNanos(partitions.trackers().stream()
                .mapToLong(tracker -> tracker.oldestAgeNanos(now))
                .max()
                .orElse(0));
    }

    /** One turn: take what has come back, begin what there is room for, put off, commit, read. */
    void turn() {
        boolean moved = takeEvents();
        moved |= goOn();
        for (Work overdue : gate.overdue(gateTime())) {
            putOff(overdue);
        }
        commits.ifDue();
        if (intake.wantsPoll()) {
            intake.poll(moved || !intake.isEmpty() ? Duration.ZERO : isBusy() ? POLL_BUSY : POLL_IDLE);
        } else if (!moved) {
            mailbox.await(Math.max(1, Math.min(ENOUGH_TO_WAKE, inFlight.size() / 2)), NAP);
        }
    }

    private boolean isBusy() {
        return !inFlight.isEmpty() || committer.held() > 0 || gate.queued() > 0;
    }

    // ---- taking in

    /** Begins what there is room for, first what waits at the gate; false when there was nothing. */
    private boolean goOn() {
        inFlight.passTime(context.nanoTime().getAsLong());
        List<Work> ready = gate.ready(inFlight.places(), gateTime());
        ready.forEach(this::start);
        return begin() || !ready.isEmpty();
    }

    private boolean begin() {
        GateTime now = gateTime();
        int begun = 0;
        int due = 0;
        while (begun < BEGUN_PER_TURN && due < DUE_PER_TURN && hasRoom(now)) {
            Intake.Arrival next = intake.next(inFlight.hasRoom(false), inFlight.hasRoom(true));
            if (next == null) {
                break;
            }
            begin(next);
            begun++;
            if (intake.isDue(next.partition())) {
                due++;
            }
        }
        return begun > 0;
    }

    private boolean hasRoom(GateTime now) {
        LaneSettings settings = context.settings();
        return gate.queued() < settings.maxQueued()
                && !gate.isCrowded(now)
                && committer.held() < settings.maxUncommitted()
                && heldBytes + committer.heldBytes() < settings.maxHeldBytes();
    }

    private void begin(Intake.Arrival arrival) {
        Taken taken;
        try {
            taken = Taken.of(arrival);
        } catch (RuntimeException e) {
            conclusions.unreadable(arrival, e);
            return;
        }
        route(taken);
    }

    private void route(Taken taken) {
        Delivery delivery = taken.delivery();
        Lookup lookup = context.directory().find(delivery.endpoint(), delivery.activation());
        if (lookup instanceof Lookup.Ready ready) {
            offer(new Work(taken, ready.target()));
        } else if (lookup instanceof Lookup.Silent silent) {
            conclusions.discarded(taken, silent.reason());
        } else if (lookup instanceof Lookup.Refused refused) {
            conclusions.refused(taken, refused);
        } else if (lookup instanceof Lookup.OurFault) {
            conclusions.deferred(taken, Deferral.INTERNAL);
        } else if (lookup instanceof Lookup.Behind || delivery.deferrals() < DEFERRALS_UNTIL_DELETED) {
            // The fan-out knew the endpoint; this directory may be behind.
            conclusions.deferred(taken, Deferral.NOT_KNOWN);
        } else {
            conclusions.discarded(taken, OutcomeRow.REASON_DELETED);
        }
    }

    private void offer(Work work) {
        heldBytes += work.body().length;
        switch (gate.offer(work, gateTime())) {
            case START -> start(work);
            case QUEUED -> {}
            case DEFER -> putOff(work);
        }
    }

    private void putOff(Work work) {
        heldBytes -= work.body().length;
        conclusions.putOff(work.taken(), gate.putOff(work, gateTime()));
    }

    private GateTime gateTime() {
        return gateTime(context.nanoTime().getAsLong());
    }

    private GateTime gateTime(long nanos) {
        return new GateTime(nanos, context.clock().millis());
    }

    private void start(Work work) {
        inFlight.start(work);
        pipeline.start(work);
    }

    // ---- what comes back

    private boolean takeEvents() {
        List<LaneEvent> events = mailbox.take();
        for (LaneEvent event : events) {
            Work work = event.work();
            if (event instanceof LaneEvent.Sent sent) {
                ended(work, EndpointGate.End.of(sent.result()), sent.endedAtNanos());
                if (partitions.owns(work)) {
                    conclusions.sent(work, sent);
                }
            } else if (event instanceof LaneEvent.Resolved resolved) {
                if (partitions.owns(work)) {
                    pipeline.send(work, resolved.resolution());
                } else {
                    // Nothing has been sent: its new owner will.
                    ended(work, EndpointGate.End.NOT_SENT, context.nanoTime().getAsLong());
                }
            }
        }
        return !events.isEmpty();
    }

    /** @param atNanos when the answer came: what the lane takes to notice is no fault of the endpoint */
    private void ended(Work work, EndpointGate.End end, long atNanos) {
        inFlight.end(work);
        heldBytes -= work.body().length;
        gate.release(work, end, gateTime(atNanos));
    }

    // ---- rebalance, on the lane's thread from within poll

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions.assigned(assigned);
        LOG.info("partitions assigned {}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        giveBack(revoked);
        // Meanwhile it goes on with what was read of the partitions that stay.
        awaitInFlight(context.settings().handoverTimeout(), work -> revoked.contains(work.partition()), this::goOn);
        commits.all(HANDOVER_COMMIT);
        forget(revoked);
        LOG.info("partitions given back {}", revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        giveBack(lost);
        forget(lost);
        LOG.warn("partitions lost {}", lost);
    }

    /** What has not been sent, its new owner will send. */
    private void giveBack(Collection<TopicPartition> gone) {
        intake.drop(gone);
        dropQueued(work -> gone.contains(work.partition()));
    }

    private void dropQueued(Predicate<Work> which) {
        for (Work dropped : gate.dropQueued(which)) {
            heldBytes -= dropped.body().length;
        }
    }

    private void forget(Collection<TopicPartition> gone) {
        partitions.dropped(gone);
        committer.dropIf(tracker -> !partitions.isCurrent(tracker));
    }

    /** Takes what comes back until nothing of the kind is in flight, or for so long. */
    private void awaitInFlight(Duration limit, Predicate<Work> which, Runnable meanwhile) {
        long endNanos = context.nanoTime().getAsLong() + limit.toNanos();
        boolean unused = takeEvents();
        while (inFlight.any(which) && context.nanoTime().getAsLong() - endNanos < 0) {
            mailbox.await(1, NAP);
            unused = takeEvents();
            meanwhile.run();
            commits.ifDue();
        }
    }

    /** A clean stop: nothing new, what is in flight ends within the limit, everything is committed. */
    void drain() {
        intake.clear();
        dropQueued(work -> true);
        awaitInFlight(context.settings().drainTimeout(), work -> true, () -> {});
        commits.all(DRAIN_COMMIT);
        LOG.info("drained, {} attempts given up", inFlight.size());
        // Giving the partitions back need not wait for them a second time.
        inFlight.clear();
    }
}
