package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.common.config.Settings;
import java.util.Map;

/**
 * The most that a crash may repeat, by the settings of the dispatcher: what is in flight, and results that wait for their
 * commit.
 *
 * @param inFlight POSTs in flight at the most, slow ones included
 * @param uncommitted results at which a commit is made at once
 */
record Bound(int inFlight, int uncommitted) {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    static Bound of(Map<String, String> settings) {
        var reader = Settings.of(settings).reader();
        int lanes = reader.integer("dispatcher.lanes", 1, NO_LIMIT);
        Bound bound = new Bound(
                lanes
                        * (reader.integer("dispatcher.max-in-flight", 1, NO_LIMIT)
                                + reader.integer("dispatcher.max-slow-in-flight", 0, NO_LIMIT)),
                lanes * reader.integer("dispatcher.commit-max-results", 1, NO_LIMIT));
        reader.done();
        return bound;
    }

    int repeats() {
        return inFlight + uncommitted;
    }
}
