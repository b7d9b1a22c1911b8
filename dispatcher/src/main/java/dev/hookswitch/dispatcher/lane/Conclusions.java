package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.dispatcher.attempt.Decision;
import dev.hookswitch.dispatcher.attempt.OutcomeClassifier;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import dev.hookswitch.dispatcher.directory.Lookup;
import dev.hookswitch.dispatcher.http.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How deliveries go on. Each method marks a record done and hands what there is to write about it to the committer, so
 * that both become true together. Used by the lane's thread alone.
 */
final class Conclusions {
    private static final Logger LOG = LoggerFactory.getLogger(Conclusions.class);

    private final LaneContext context;
    private final LaneRecords records;
    private final ResultCommitter committer;

    Conclusions(LaneContext context, ResultCommitter committer) {
        this.context = context;
        this.records = new LaneRecords(context.topics(), context.instance());
        this.committer = committer;
    }

    /** A POST has ended, or could not be made. */
    void sent(Work work, LaneEvent.Sent sent) {
        Duration took = Duration.ofNanos(sent.endedAtNanos() - work.startedAtNanos());
        Integer status = null;
        Optional<Duration> retryAfter = Optional.empty();
        AttemptResult kind;
        if (sent.result() instanceof SendResult.Answered answered) {
            status = answered.status();
            retryAfter = OutcomeClassifier.retryAfter(
                    answered.status(), answered.retryAfter(), context.clock().instant());
            kind = OutcomeClassifier.classify(answered.status());
        } else {
            kind = ((SendResult.Failed) sent.result()).reason();
        }
        context.metrics().attempt(kind, took);
        if (kind == AttemptResult.INTERNAL) {
            deferred(work.taken(), Deferral.INTERNAL);
            return;
        }
        RetrySchedule retries = schedule(work.delivery(), work.target().retries());
        attempted(
                work.taken(),
                retries,
                retryAfter,
                new LaneRecords.Attempt(
                        work.target().activation(),
                        retries.maxAttempts(),
                        kind,
                        status,
                        work.startedAtMs(),
                        took.toMillis()));
    }

    /** Its URL must not be called: that counts as an attempt, and nothing was sent. */
    void refused(Taken taken, Lookup.Refused refused) {
        RetrySchedule retries = schedule(taken.delivery(), refused.retries());
        attempted(
                taken,
                retries,
                Optional.empty(),
                new LaneRecords.Attempt(
                        refused.activation(), retries.maxAttempts(), AttemptResult.EGRESS_DENIED, null, nowMs(), 0));
    }

    /** Who sends a test looks at its answer, and sends another one when something is mended. */
    private static RetrySchedule schedule(Delivery delivery, RetrySchedule ofEndpoint) {
        return delivery.test() ? ofEndpoint.once() : ofEndpoint;
    }

    /** An attempt was made: the delivery has ended, or waits for its next one. */
    private void attempted(
            Taken taken, RetrySchedule schedule, Optional<Duration> retryAfter, LaneRecords.Attempt attempt) {
        Delivery delivery = taken.delivery();
        Delivery.Origin origin = taken.origin();
        int partition = taken.partition().partition();
        Decision decision = context.retries().decide(schedule, delivery.attempt(), attempt.result(), retryAfter);
        if (LOG.isDebugEnabled()) {
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
        }
        if (decision instanceof Decision.Retry retry) {
            Tier tier = retry.tier();
            finish(
                    taken.entry(),
                    List.of(
                            records.attempt(partition, delivery, origin, attempt, AttemptRow.Decision.RETRY, tier),
                            records.waiting(partition, delivery.nextAttempt(origin), taken.body(), tier)));
            return;
        }
        boolean delivered = decision instanceof Decision.Delivered;
        OutcomeRow.Outcome outcome = delivered ? OutcomeRow.Outcome.DELIVERED : OutcomeRow.Outcome.FAILED;
        AttemptRow.Decision word = delivered ? AttemptRow.Decision.DELIVERED : AttemptRow.Decision.EXHAUSTED;
        context.metrics().outcome(outcome);
        finish(
                taken.entry(),
                List.of(
                        records.attempt(partition, delivery, origin, attempt, word, null),
                        records.outcome(
                                partition,
                                delivery,
                                origin,
                                outcome,
                                attempt.result().wireName(),
                                delivery.attempt(),
                                attempt.status(),
                                nowMs())));
    }

    /** The endpoint is to have silence: the delivery has ended without a further POST. */
    void discarded(Taken taken, String reason) {
        Delivery delivery = taken.delivery();
        context.metrics().outcome(OutcomeRow.Outcome.DISCARDED);
        finish(
                taken.entry(),
                List.of(records.outcome(
                        taken.partition().partition(),
                        delivery,
                        taken.origin(),
                        OutcomeRow.Outcome.DISCARDED,
                        reason,
                        delivery.attempt() - 1,
                        null,
                        nowMs())));
    }

    /** No POST now, and no attempt spent: the delivery waits in a tier, longer each time. */
    void deferred(Taken taken, Deferral why) {
        Delivery delivery = taken.delivery();
        deferred(taken, why, context.retries().climb(delivery.deferrals()), delivery.deferred(taken.origin()));
    }

    /** No POST now, and no attempt spent: the delivery waits for its turn. */
    void putOff(Taken taken, PutOff putOff) {
        Delivery waiting = taken.delivery().deferredUntil(putOff.turn(), taken.origin());
        deferred(taken, putOff.why(), context.retries().within(putOff.backWithin()), waiting);
    }

    private void deferred(Taken taken, Deferral why, Tier tier, Delivery waiting) {
        Delivery delivery = taken.delivery();
        Delivery.Origin origin = taken.origin();
        int partition = taken.partition().partition();
        context.metrics().deferred(why);
        finish(
                taken.entry(),
                List.of(
                        records.deferral(partition, delivery, origin, why, tier, nowMs()),
                        records.waiting(partition, waiting, taken.body(), tier)));
    }

    /** The record is no delivery: it goes to the dead letters, and the partition goes on. */
    void unreadable(Intake.Arrival arrival, RuntimeException cause) {
        String problem = String.valueOf(cause.getMessage());
        LOG.warn(
                "not a delivery, to dead letters partition={} offset={} problem={}",
                arrival.partition(),
                arrival.record().offset(),
                problem);
        context.metrics().unreadable();
        finish(arrival.entry(), List.of(records.deadLetter(arrival.record(), problem, nowMs())));
    }

    private long nowMs() {
        return context.clock().millis();
    }

    private void finish(OffsetTracker.Entry entry, List<ProducerRecord<byte[], byte[]>> out) {
        entry.complete();
        committer.add(new Finished(entry.owner(), out));
    }
}
