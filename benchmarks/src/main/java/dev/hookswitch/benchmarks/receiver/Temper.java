package dev.hookswitch.benchmarks.receiver;

/** How an endpoint behaves. */
enum Temper {
    /** Answers 200 after the receiver's delay. */
    HEALTHY,
    /** Takes the request and never answers. */
    SILENT,
    /** Answers a byte a second. */
    DRIPPING;

    /** The first {@code silent} endpoints are silent, the next {@code dripping} drip. */
    static Temper of(int endpoint, int silent, int dripping) {
        return endpoint < silent ? SILENT : endpoint < silent + dripping ? DRIPPING : HEALTHY;
    }
}
