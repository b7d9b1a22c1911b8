package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.dispatcher.attempt.Decision;
import dev.hookswitch.dispatcher.attempt.OutcomeClassifier;
import dev.hookswitch.dispatcher.directory.Lookup;
import dev.hookswitch.dispatcher.http.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a lane: a consumer, a committer, and what is between them. Everything runs on the lane's thread, except that
 * other threads add to its queue of events.
 */
final class LaneSession implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSession.class);
    private static final Duration POLL_IDLE = Duration.ofMillis(100);
    private static final Duration POLL_BUSY = Duration.ofMillis(2);
    private static final Duration REVOKE_DRAIN = Duration.ofMillis(1_500);
    private static final Duration OFFSETS_ALONE_AFTER = Duration.ofSeconds(1);

    private final LaneContext context;
    private final Consumer<byte[], byte[]> consumer;
    private final ResultCommitter committer;
    private final Partitions partitions;
    private final EndpointGate gate;
    private final LaneRecords records;
    private final AttemptPipeline pipeline;
    private final Queue<LaneEvent> events = new ConcurrentLinkedQueue<>();
    private final Set<Work> inFlight = new HashSet<>();
    private int dueInFlight;
    private long lastCommitNanos;

    LaneSession(LaneContext context, Consumer<byte[], byte[]> consumer, ResultCommitter committer) {
        this.context = context;
        this.consumer = consumer;
        this.committer = committer;
        this.partitions =
                new Partitions(consumer, context.topicIds(), context.clock().millis() * 1_000);
        this.gate = new EndpointGate(context.settings().maxInFlightPerEndpoint());
        this.records = new LaneRecords(context.topics(), context.instance());
        this.pipeline = new AttemptPipeline(
                context.addresses(),
                context.sender(),
                context.userAgent(),
                context.clock(),
                context.nanoTime(),
                events::add);
        this.lastCommitNanos = context.nanoTime().getAsLong();
    }

    void subscribe() {
        committer.open();
        consumer.subscribe(
                List.of(context.topics().deliveries(), context.topics().deliveriesDue()), this);
    }

    int inFlight() {
        return inFlight.size();
    }

    int queued() {
        return gate.queued();
    }

    Duration oldestAge() {
        long now = context.nanoTime().getAsLong();
        return Duration.ofNanos(partitions.trackers().stream()
                .mapToLong(tracker -> tracker.oldestAgeNanos(now))
                .max()
                .orElse(0));
    }

    /** One turn: take in, take what has come back, put off, commit. */
    void turn() {
        partitions.pauseWhere(this::isFull);
        boolean busy = !inFlight.isEmpty() || committer.pending() > 0 || gate.queued() > 0;
        Duration wait = !events.isEmpty() ? Duration.ZERO : busy ? POLL_BUSY : POLL_IDLE;
        take(consumer.poll(wait));
        takeEvents();
        for (Work overdue : gate.overdue(context.nanoTime().getAsLong())) {
            defer(
                    overdue.partition(),
                    overdue.entry(),
                    overdue.delivery(),
                    overdue.body(),
                    overdue.target().profile());
        }
        if (isTimeToCommit()) {
            commit();
        }
    }

    /** Fresh deliveries and due ones may each take three quarters of the lane, so that neither starves the other. */
    private boolean isFull(TopicPartition partition) {
        LaneSettings settings = context.settings();
        OffsetTracker tracker = partitions.tracker(partition);
        int sameTopic = partition.topic().equals(context.topics().deliveriesDue())
                ? dueInFlight
                : inFlight.size() - dueInFlight;
        int room = settings.maxInFlight() - settings.maxPollRecords();
        return inFlight.size() > room
                || sameTopic > settings.maxInFlight() * 3 / 4 - settings.maxPollRecords()
                || gate.queued() > settings.maxQueued()
                || (tracker != null && tracker.ahead() > settings.maxAhead());
    }

    // ---- taking in

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                take(partition, record);
            }
        }
        Map<TopicPartition, OffsetAndMetadata> next = polled.nextOffsets();
        next.forEach((partition, at) -> {
            OffsetTracker tracker = partitions.tracker(partition);
            if (tracker != null) {
                tracker.skipTo(at.offset());
            }
        });
    }

    private void take(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        OffsetTracker tracker = partitions.tracker(partition);
        if (tracker == null) {
            return;
        }
        if (tracker.wasDone(record.offset())) {
            tracker.skipTo(record.offset() + 1);
            return;
        }
        OffsetTracker.Entry entry =
                tracker.register(record.offset(), context.nanoTime().getAsLong());
        byte[] body = record.value();
        Delivery delivery;
        try {
            delivery = DeliveryHeaders.read(record.headers());
            if (body == null) {
                throw new IllegalArgumentException("the record has no value");
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "not a delivery, to dead letters partition={} offset={} problem={}",
                    partition,
                    record.offset(),
                    e.getMessage());
            context.metrics().unreadable();
            finish(
                    entry,
                    List.of(records.deadLetter(
                            record,
                            String.valueOf(e.getMessage()),
                            context.clock().millis())));
            return;
        }
        route(partition, entry, delivery, body);
    }

    private void route(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery, byte[] body) {
        Lookup lookup = context.directory().find(delivery.endpoint(), delivery.activation());
        if (lookup instanceof Lookup.Ready ready) {
            offer(new Work(partition, entry, delivery, body, ready.target()));
        } else if (lookup instanceof Lookup.Silent silent) {
            discard(partition, entry, delivery, silent.reason());
        } else if (lookup instanceof Lookup.Unusable unusable) {
            if (unusable.result() == AttemptResult.INTERNAL) {
                defer(partition, entry, delivery, body, unusable.profile());
            } else {
                conclude(
                        partition,
                        entry,
                        delivery,
                        body,
                        unusable.profile(),
                        Optional.empty(),
                        new LaneRecords.Attempt(
                                unusable.activation(),
                                unusable.profile().maxAttempts(),
                                unusable.result(),
                                null,
                                context.clock().millis(),
                                0));
            }
        } else if (delivery.deferrals() == 0) {
            // The fan-out knew the endpoint; this directory may be a moment behind.
            defer(partition, entry, delivery, body, null);
        } else {
            discard(partition, entry, delivery, OutcomeRow.REASON_DELETED);
        }
    }

    private void offer(Work work) {
        switch (gate.offer(work, context.nanoTime().getAsLong())) {
            case START -> start(work);
            case QUEUED -> {}
            case DEFER ->
                defer(
                        work.partition(),
                        work.entry(),
                        work.delivery(),
                        work.body(),
                        work.target().profile());
        }
    }

    private boolean isDue(Work work) {
        return work.partition().topic().equals(context.topics().deliveriesDue());
    }

    private void start(Work work) {
        inFlight.add(work);
        dueInFlight += isDue(work) ? 1 : 0;
        pipeline.start(work);
    }

    // ---- what comes back

    private void takeEvents() {
        for (LaneEvent event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof LaneEvent.Resolved resolved) {
                pipeline.send(resolved.work(), resolved.resolution());
            } else if (event instanceof LaneEvent.Sent sent) {
                sent(sent.work(), sent.result());
            }
        }
    }

    private void sent(Work work, SendResult result) {
        inFlight.remove(work);
        dueInFlight -= isDue(work) ? 1 : 0;
        gate.release(work.delivery().endpoint(), context.nanoTime().getAsLong()).ifPresent(this::start);
        if (!partitions.owns(work)) {
            return;
        }
        long tookNanos = context.nanoTime().getAsLong() - work.startedAtNanos();
        Integer status = result instanceof SendResult.Answered answered ? answered.status() : null;
        AttemptResult kind = kind(result);
        Optional<Duration> retryAfter = result instanceof SendResult.Answered answered
                ? OutcomeClassifier.retryAfter(
                        answered.status(),
                        answered.retryAfter(),
                        Instant.ofEpochMilli(context.clock().millis()))
                : Optional.empty();
        context.metrics().attempt(kind, Duration.ofNanos(tookNanos));
        Profile profile = work.target().profile();
        if (kind == AttemptResult.INTERNAL) {
            defer(work.partition(), work.entry(), work.delivery(), work.body(), profile);
            return;
        }
        conclude(
                work.partition(),
                work.entry(),
                work.delivery(),
                work.body(),
                profile,
                retryAfter,
                new LaneRecords.Attempt(
                        work.target().activation(),
                        profile.maxAttempts(),
                        kind,
                        status,
                        work.startedAtMs(),
                        Duration.ofNanos(tookNanos).toMillis()));
    }

    private static AttemptResult kind(SendResult result) {
        return result instanceof SendResult.Answered answered
                ? OutcomeClassifier.classify(answered.status())
                : ((SendResult.Failed) result).reason();
    }

    // ---- how deliveries go on

    private void conclude(
            TopicPartition partition,
            OffsetTracker.Entry entry,
            Delivery delivery,
            byte[] body,
            Profile profile,
            Optional<Duration> retryAfter,
            LaneRecords.Attempt attempt) {
        Delivery.Origin origin = origin(partition, entry, delivery);
        int p = partition.partition();
        Decision decision = context.retries().decide(profile, delivery.attempt(), attempt.result(), retryAfter);
        List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>(2);
        if (decision instanceof Decision.Retry retry) {
            out.add(records.attempt(p, delivery, origin, attempt, AttemptRow.Decision.RETRY, retry.tier()));
            out.add(records.waiting(p, delivery.nextAttempt(origin), body, retry.tier()));
        } else {
            boolean delivered = decision instanceof Decision.Delivered;
            OutcomeRow.Outcome outcome = delivered ? OutcomeRow.Outcome.DELIVERED : OutcomeRow.Outcome.FAILED;
            AttemptRow.Decision word = delivered ? AttemptRow.Decision.DELIVERED : AttemptRow.Decision.EXHAUSTED;
            out.add(records.attempt(p, delivery, origin, attempt, word, null));
            out.add(records.outcome(
                    p,
                    delivery,
                    origin,
                    outcome,
                    attempt.result().name().toLowerCase(Locale.ROOT),
                    delivery.attempt(),
                    attempt.status(),
                    context.clock().millis()));
            context.metrics().outcome(outcome);
        }
        LOG.debug(
                "attempt delivery={} endpoint={} attempt={}/{} result={} status={} ms={} decision={}",
                delivery.id(),
                delivery.endpoint().topicKey(),
                delivery.attempt(),
                attempt.maxAttempts(),
                attempt.result(),
                attempt.status(),
                attempt.durationMs(),
                decision);
        finish(entry, out);
    }

    private void discard(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery, String reason) {
        context.metrics().outcome(OutcomeRow.Outcome.DISCARDED);
        finish(
                entry,
                List.of(records.outcome(
                        partition.partition(),
                        delivery,
                        origin(partition, entry, delivery),
                        OutcomeRow.Outcome.DISCARDED,
                        reason,
                        delivery.attempt() - 1,
                        null,
                        context.clock().millis())));
    }

    private void defer(
            TopicPartition partition,
            OffsetTracker.Entry entry,
            Delivery delivery,
            byte[] body,
            @Nullable Profile profile) {
        Delivery.Origin origin = origin(partition, entry, delivery);
        Tier tier = context.retries().deferral(delivery.deferrals());
        int maxAttempts = profile == null ? 0 : profile.maxAttempts();
        context.metrics().deferred();
        finish(
                entry,
                List.of(
                        records.deferral(
                                partition.partition(),
                                delivery,
                                origin,
                                maxAttempts,
                                tier,
                                context.clock().millis()),
                        records.waiting(partition.partition(), delivery.deferred(origin), body, tier)));
    }

    private static Delivery.Origin origin(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery) {
        Delivery.Origin origin = delivery.origin();
        return origin != null ? origin : new Delivery.Origin(partition.partition(), entry.offset());
    }

    private void finish(OffsetTracker.Entry entry, List<ProducerRecord<byte[], byte[]>> out) {
        entry.complete();
        committer.add(new Finished(entry.owner(), out));
    }

    // ---- committing

    private boolean isTimeToCommit() {
        long sinceLast = context.nanoTime().getAsLong() - lastCommitNanos;
        if (committer.pending() == 0) {
            return sinceLast >= OFFSETS_ALONE_AFTER.toNanos() && partitions.anyChanged();
        }
        return committer.pending() >= context.settings().commitMaxResults()
                || sinceLast >= context.settings().commitInterval().toNanos();
    }

    private void commit() {
        long startNanos = context.nanoTime().getAsLong();
        Map<TopicPartition, OffsetAndMetadata> offsets = partitions.snapshot();
        ResultCommitter.Result result = committer.commit(offsets, consumer.groupMetadata());
        lastCommitNanos = context.nanoTime().getAsLong();
        switch (result) {
            case COMMITTED -> {
                partitions.committed(offsets.keySet());
                context.metrics().committed(Duration.ofNanos(lastCommitNanos - startNanos));
            }
            case ABORTED -> context.metrics().aborted();
            case IN_DOUBT -> {
                context.metrics().aborted();
                boolean unused = committer.resolve(consumer::committed);
            }
        }
    }

    // ---- rebalance, on the lane's thread from within poll

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions.assigned(assigned);
        LOG.info("partitions assigned {}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        gate.dropQueued(work -> revoked.contains(work.partition()));
        awaitInFlight(REVOKE_DRAIN, work -> revoked.contains(work.partition()));
        if (committer.pending() > 0) {
            commit();
        }
        forget(revoked);
        LOG.info("partitions given back {}", revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        gate.dropQueued(work -> lost.contains(work.partition()));
        forget(lost);
        LOG.warn("partitions lost {}", lost);
    }

    private void forget(Collection<TopicPartition> gone) {
        partitions.dropped(gone);
        committer.dropIf(tracker -> !partitions.isCurrent(tracker));
    }

    /** Takes what comes back until nothing of the kind is in flight, or for so long. */
    private void awaitInFlight(Duration limit, Predicate<Work> which) {
        long endNanos = context.nanoTime().getAsLong() + limit.toNanos();
        while (inFlight.stream().anyMatch(which) && context.nanoTime().getAsLong() < endNanos) {
            takeEvents();
            LockSupport.parkNanos(1_000_000);
        }
        takeEvents();
    }

    /** A clean stop: nothing new, what is in flight ends within the limit, everything is committed. */
    void drain() {
        gate.dropQueued(work -> true);
        awaitInFlight(context.settings().drainTimeout(), work -> true);
        if (committer.pending() > 0) {
            commit();
        }
        LOG.info("drained, {} attempts given up", inFlight.size());
    }
}
