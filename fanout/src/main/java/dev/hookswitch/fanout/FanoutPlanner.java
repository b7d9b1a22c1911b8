package dev.hookswitch.fanout;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import org.jspecify.annotations.Nullable;

/** Makes of a record's value everything that is to be written for it. Has no effects. */
final class FanoutPlanner {
    private final EventParser parser;
    private final SubscriptionIndex index;
    private final SubscriptionMatcher matcher;

    FanoutPlanner(EventParser parser, SubscriptionIndex index, SubscriptionMatcher matcher) {
        this.parser = parser;
        this.index = index;
        this.matcher = matcher;
    }

    Plan plan(byte @Nullable [] value, Source source, long nowMs) {
        ParsedEvent parsed = parser.parse(value);
        if (parsed instanceof ParsedEvent.Refused refused) {
            return new Plan.DeadLetter(Fault.of(refused.problem()));
        }
        DomainEvent event = ((ParsedEvent.Accepted) parsed).event();
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
