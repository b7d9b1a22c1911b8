package dev.hookswitch.benchmarks.crash;

import java.time.Duration;

/**
 * A step that was made. No dispatcher runs at its beginning, nor at its end, so that a POST belongs to the episode in which
 * it arrived.
 *
 * @param step what was to happen
 * @param fromMs before the dispatcher was started, epoch milliseconds
 * @param firstPostMs when it was seen to POST
 * @param faultMs when it was signalled; of a twin, when that was started
 * @param toMs after the last dispatcher was gone
 * @param posts that arrived
 * @param uncleanStops SIGTERMs after which the exit status was not that of a clean stop
 */
record Episode(Step step, long fromMs, long firstPostMs, long faultMs, long toMs, long posts, int uncleanStops) {
    Fault fault() {
        return step.fault();
    }

    boolean contains(long epochMs) {
        return epochMs >= fromMs && epochMs < toMs;
    }

    /** From the start to the first POST. */
    Duration untilServing() {
        return Duration.ofMillis(firstPostMs - fromMs);
    }
}
