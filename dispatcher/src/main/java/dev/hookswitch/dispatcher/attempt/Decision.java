package dev.hookswitch.dispatcher.attempt;

import dev.hookswitch.common.topics.Tier;

/** What follows from an attempt. */
public sealed interface Decision {
    /** The delivery is done. */
    record Delivered() implements Decision {}

    /** The next attempt waits in a tier. */
    record Retry(Tier tier) implements Decision {}

    /** No further attempt: the delivery failed. */
    record Exhausted() implements Decision {}
}
