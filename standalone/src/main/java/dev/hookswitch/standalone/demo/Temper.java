package dev.hookswitch.standalone.demo;

/** How a receiver behaves. What it answers is a function of the delivery and the attempt, so that it can be foretold. */
enum Temper {
    HEALTHY("healthy"),
    /** Answers after one to three seconds. */
    SLOW("slow"),
    /** Fails the first none to three attempts of a delivery. */
    FLAKY("flaky"),
    FAILING("always fails"),
    /** Works, but verifies with a secret that is not the endpoint's. */
    WRONG_SECRET("wrong secret"),
    /** Fails until it is repaired. */
    REPAIRED("broken, repaired");

    private static final int FLAKY_KINDS = 4;
    private static final int SLOW_FROM_MS = 1_000;
    private static final int SLOW_SPREAD_MS = 2_000;

    private final String words;

    Temper(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** How many attempts of the delivery a flaky receiver fails. */
    static int flakyFailures(String deliveryId) {
        return Math.floorMod(deliveryId.hashCode(), FLAKY_KINDS);
    }

    /** The status that it answers with when the signature verifies. */
    int status(String deliveryId, int attempt, boolean repaired) {
        return switch (this) {
            case HEALTHY, SLOW, WRONG_SECRET -> 200;
            case FLAKY -> attempt <= flakyFailures(deliveryId) ? 503 : 200;
            case FAILING -> 500;
            case REPAIRED -> repaired ? 200 : 500;
        };
    }

    /** How long it takes to answer. */
    int delayMs(String deliveryId) {
        return this == SLOW ? SLOW_FROM_MS + Math.floorMod(deliveryId.hashCode(), SLOW_SPREAD_MS) : 0;
    }
}
