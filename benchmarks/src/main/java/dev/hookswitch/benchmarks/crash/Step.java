package dev.hookswitch.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One start of a dispatcher and what happens to it.
 *
 * @param fault what happens
 * @param after how long it has POSTed by then
 * @param overlap how long the second dispatcher of a fault with two goes on beside it
 * @param firstEndsFirst which of two is stopped first
 */
record Step(Fault fault, Duration after, Duration overlap, boolean firstEndsFirst) {
    private static final int SOONEST_MS = 50;
    private static final int LATEST_MS = 4_000;
    private static final int LONGEST_OVERLAP_MS = 1_000;

    /** The steps of a run in random order, at random moments. */
    static List<Step> plan(Options options) {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(Collections.nCopies(options.kills(), Fault.KILL));
        faults.addAll(Collections.nCopies(options.terms(), Fault.TERM));
        faults.addAll(Collections.nCopies(options.zombies(), Fault.ZOMBIE));
        faults.addAll(Collections.nCopies(options.twins(), Fault.TWIN));
        Random random = new Random(options.seed());
        Collections.shuffle(faults, random);
        return faults.stream().map(fault -> of(fault, random)).toList();
    }

    private static Step of(Fault fault, Random random) {
        return new Step(
                fault,
                Duration.ofMillis(SOONEST_MS + random.nextInt(LATEST_MS - SOONEST_MS)),
                Duration.ofMillis(random.nextInt(LONGEST_OVERLAP_MS)),
                random.nextBoolean());
    }
}
