package dev.hookswitch.benchmarks.retries;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured. */
enum Scenario {
    /** Every tier at its rate, all at the same time. */
    LATENESS,
    /** Very many records wait in the longest tier. */
    PARKED,
    /** The scheduler is gone for a while. */
    OUTAGE,
    /** An endpoint is gone for a while. */
    DEAD_ENDPOINT,
    /** An endpoint's failed deliveries are put once more. */
    RECOVERY;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException naming all when there is none
     */
    static Scenario of(String text) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("scenarios are "
                        + Arrays.stream(values()).map(Scenario::toString).collect(Collectors.joining(", ")) + ", not "
                        + text));
    }
}
