package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.process.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One go: healthy traffic alone, then the same with bad traffic beside it, without a pause between.
 *
 * @param name such as {@code pair 1}
 * @param calm without the bad ones
 * @param disturbed with them; null when there was none
 * @param start when the calm phase began
 * @param middle when it ended
 * @param end when all ended
 * @param firstNumber of its deliveries
 * @param pastNumber after its last delivery
 */
record Round(
        String name,
        Phase calm,
        @Nullable Phase disturbed,
        Usage start,
        Usage middle,
        Usage end,
        int firstNumber,
        int pastNumber) {}
