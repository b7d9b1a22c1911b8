package dev.hookswitch.ingest;

/** What became of an event on its way to Kafka. */
enum Publication {
    /** Every in-sync replica has it. */
    ACKNOWLEDGED,
    /** Kafka refused it for its size. */
    TOO_LARGE,
    /** Not taken: too many wait already. */
    OVERLOADED,
    /** No acknowledgement came. It may or may not be in the topic. */
    UNAVAILABLE
}
