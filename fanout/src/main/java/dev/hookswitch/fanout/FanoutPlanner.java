package dev.hookswitch.fanout;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import org.jspecify.annotations.Nullable;

/** Makes of a record's value everything that is to be written for it. Has no effects. */
final class FanoutPlanner {
    private final EventParser parser;
    private final SubscriptionIndex index;
    private final SubscriptionMatcher matcher;
    private final int maxDataBytes;

    /** @param maxDataBytes how long data and workspace of an event may be in their stable form */
    FanoutPlanner(EventParser parser, SubscriptionIndex index, SubscriptionMatcher matcher, int maxDataBytes) {
        this.parser = parser;
        this.index = index;
        this.matcher = matcher;
        this.maxDataBytes = maxDataBytes;
    }

    Plan plan(byte @Nullable [] value, Source source, long nowMs) {
        ParsedEvent parsed = parser.parse(value);
        if (parsed instanceof ParsedEvent.Refused refused) {
            return new Plan.DeadLetter(Fault.of(refused.problem()));
        }
        DomainEvent event = ((ParsedEvent.Accepted) parsed).event();
        int dataBytes = dataBytes(event);
        if (dataBytes > maxDataBytes) {
            return new Plan.DeadLetter(Fault.of(tooLarge(dataBytes)));
        }
        Verdict verdict = matcher.match(event, index.of(event.tenant()));
        if (verdict instanceof Verdict.Rejected rejected) {
            return new Plan.DeadLetter(Fault.of(rejected.problem()));
        }
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        DeliveryRecords records = new DeliveryRecords(event, source, nowMs);
        return new Plan.FanOut(
                event, accepted, records.deliveries(accepted.deliver()), records.outcomes(accepted.skipped()));
    }

    private static int dataBytes(DomainEvent event) {
        byte[] workspace = event.workspaceJson();
        return event.dataJson().length + (workspace == null ? 0 : workspace.length);
    }

    /** A number such as 1e20 is longer in its stable form, so that an event within its limit can outgrow Kafka's. */
    private Problem tooLarge(int dataBytes) {
        return new Problem(
                Problem.Reason.TOO_LARGE,
                "/data",
                "data must have at most " + maxDataBytes + " bytes as JavaScript prints it, has " + dataBytes);
    }
}
