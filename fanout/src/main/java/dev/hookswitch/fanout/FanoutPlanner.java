package dev.hookswitch.fanout;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.matching.SubscriptionIndex;
import dev.hookswitch.common.matching.SubscriptionMatcher;
import dev.hookswitch.common.matching.Verdict;

/** Makes of an event everything that is to be written for it. Has no effects. */
final class FanoutPlanner {
    private final SubscriptionIndex index;
    private final SubscriptionMatcher matcher;

    FanoutPlanner(SubscriptionIndex index, SubscriptionMatcher matcher) {
        this.index = index;
        this.matcher = matcher;
    }

    Plan plan(DomainEvent event, Source source, long nowMs) {
        Verdict verdict = matcher.match(event, index.of(event.tenant()));
        if (verdict instanceof Verdict.Rejected rejected) {
            return new Plan.DeadLetter(Fault.of(rejected.problem()));
        }
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        DeliveryRecords records = new DeliveryRecords(event, source, nowMs);
        return new Plan.FanOut(
                event, accepted, records.deliveries(accepted.deliver()), records.outcomes(accepted.skipped()));
    }
}
