package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.rig.Setup;
import java.time.Duration;

/**
 * How a run measures.
 *
 * @param endpoints each on a loopback address of its own, all healthy
 * @param perSecond deliveries to all of them together, in turn
 * @param length of the load
 * @param every how often the dispatcher is looked at
 * @param setup of topics and dispatcher
 */
record Options(int endpoints, int perSecond, Duration length, Duration every, Setup setup) {

    /** Three thirds with so many samples each, at the least. */
    private static final int SAMPLES_OF_A_THIRD = 5;

    Options {
        if (endpoints < 1) {
            throw new IllegalArgumentException("endpoints must be 1 or more, was: " + endpoints);
        }
        if (perSecond < 1) {
            throw new IllegalArgumentException("rate must be 1 or more, was: " + perSecond);
        }
        if (every.isNegative() || every.isZero() || length.dividedBy(every) < 3 * SAMPLES_OF_A_THIRD) {
            throw new IllegalArgumentException("a run must have " + 3 * SAMPLES_OF_A_THIRD
                    + " samples or more: make it longer or sample more often");
        }
    }
}
