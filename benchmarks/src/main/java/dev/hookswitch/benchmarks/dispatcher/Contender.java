package dev.hookswitch.benchmarks.dispatcher;

import java.util.Locale;

/** What is measured. */
enum Contender {
    /** The dispatcher's HTTP client and signer, without Kafka. */
    RAW,
    /** The dispatcher, on a topic that is filled before each window. */
    DISPATCHER,
    /** One thread per partition, blocking POST, then commit. */
    USUAL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
