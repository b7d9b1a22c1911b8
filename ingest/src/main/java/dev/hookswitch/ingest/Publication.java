package dev.hookswitch.ingest;

/** What became of the events of a request on their way to Kafka. */
enum Publication {
    /** Every in-sync replica has them. */
    ACKNOWLEDGED,
    /** Kafka refused one for its size; the others may or may not be in the topic. */
    TOO_LARGE,
    /** Not taken: too many wait already. */
    OVERLOADED,
    /** No acknowledgement came. Each may or may not be in the topic. */
    UNAVAILABLE
}
