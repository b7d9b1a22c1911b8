package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.rig.Setup;
import java.time.Duration;

/**
 * How a run measures.
 *
 * @param endpoints that have traffic at one time; a tenth of them are bad, one half silent and one half dripping
 * @param perSecond deliveries to healthy endpoints; the bad ones get half as many beside them, a third of the whole
 * @param pairs short rounds
 * @param shortPhase of a pair, without and with the bad ones
 * @param longPhase with the bad ones
 * @param longBaseline before it and after it
 * @param warmUp before the first round, with healthy traffic; a short phase with the bad ones follows
 * @param setup of topics and dispatcher
 */
record Options(
        int endpoints,
        int perSecond,
        int pairs,
        Duration shortPhase,
        Duration longPhase,
        Duration longBaseline,
        Duration warmUp,
        Setup setup) {

    /** The warm-up and the long one. */
    private static final int ROUNDS_BESIDE_PAIRS = 2;

    Options {
        if (endpoints < 20 || endpoints % 20 != 0) {
            throw new IllegalArgumentException("endpoints must be a multiple of 20, was: " + endpoints);
        }
        if (perSecond < 4 || perSecond % 4 != 0) {
            throw new IllegalArgumentException("rate must be a multiple of 4, was: " + perSecond);
        }
    }

    Endpoints layout() {
        return new Endpoints(endpoints / 20, ROUNDS_BESIDE_PAIRS + pairs, endpoints - endpoints / 10);
    }

    int badPerSecond() {
        return perSecond / 2;
    }
}
