package dev.hookswitch.console.log;

import dev.hookswitch.common.config.HumanDuration;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What all stores of a process have in common.
 *
 * @param memory shared by them
 * @param retention how long a delivery is kept after its first row, at the least
 * @param timeScale divides the delays of tiers
 * @param clock which times of rows may not be ahead of
 */
record StoreSpec(RocksMemory memory, Duration retention, double timeScale, InstantSource clock) {
    /** A segment lives for one of these longer than its rows: a tenth more disk. */
    private static final int SEGMENTS = 10;

    long segmentMs() {
        return Math.max(1, retention.toMillis() / SEGMENTS);
    }

    /**
     * Rows taken before are not kept. By the time of the newest row, so that a clock of ours that is ahead drops nothing; a
     * partition without new rows keeps its last ones.
     */
    long keptSinceMs(long newestMs) {
        return Math.min(newestMs, clock.millis()) - retention.toMillis();
    }

    /** What a delivery waits for that went to a tier at that time; nothing when it went to none. */
    @Nullable Waiting waiting(int attempt, @Nullable String tier, long writtenAtMs, boolean putOff) {
        return tier == null ? null : new Waiting(attempt, tier, writtenAtMs + delayMs(tier), putOff);
    }

    /** A tier is named by its delay. */
    private long delayMs(String tier) {
        try {
            return Math.round(HumanDuration.parse(tier).toMillis() / timeScale);
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
