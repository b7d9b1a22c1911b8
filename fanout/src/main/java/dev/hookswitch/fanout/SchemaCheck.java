package dev.hookswitch.fanout;

import dev.hookswitch.common.event.Problem;

/** What the setting {@code events.schema-check} says. */
enum SchemaCheck {
    /** An event that breaks the schema of its type is not delivered. */
    ENFORCE,
    /** It is delivered all the same, and the breach is logged and counted. */
    WARN;

    /** Whether an event with this problem is delivered. What the body cannot be made without is never tolerated. */
    boolean tolerates(Problem problem) {
        return this == WARN && problem.reason() == Problem.Reason.SCHEMA;
    }
}
