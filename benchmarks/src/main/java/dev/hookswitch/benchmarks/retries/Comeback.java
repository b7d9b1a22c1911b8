package dev.hookswitch.benchmarks.retries;

import java.util.Arrays;

/**
 * The POSTs of one endpoint around its return.
 *
 * @param perSecond POSTs in each second since the beginning
 * @param whileDead POSTs while it was dead
 * @param firstSeconds from its return until the first POST
 * @param missedSeconds from its return until the last POST of a delivery that was produced before
 * @param burst by how many POSTs any stretch of time after the return exceeded the cap times its length
 */
record Comeback(double[] perSecond, long whileDead, double firstSeconds, double missedSeconds, double burst) {

    /** Takes the POSTs in the order in which they came. */
    static final class Builder {
        private final long originNanos;
        private final long deadNanos;
        private final long backNanos;
        private final double cap;
        private final double[] perSecond;
        private long whileDead;
        private long firstNanos;
        private long missedNanos;
        private long lastNanos;
        private double bucket;
        private double burst;

        /**
         * Times are those of the stamps.
         *
         * @param deadNanos when it died
         * @param backNanos when it answered again
         * @param cap what it may get per second
         */
        Builder(long originNanos, int seconds, long deadNanos, long backNanos, double cap) {
            this.originNanos = originNanos;
            this.deadNanos = deadNanos;
            this.backNanos = backNanos;
            this.cap = cap;
            this.perSecond = new double[seconds];
            this.firstNanos = backNanos;
            this.missedNanos = backNanos;
            this.lastNanos = backNanos;
        }

        void take(long dueNanos, long arrivedNanos) {
            int second = (int) ((arrivedNanos - originNanos) / 1_000_000_000L);
            if (arrivedNanos >= originNanos && second < perSecond.length) {
                perSecond[second]++;
            }
            if (arrivedNanos < backNanos) {
                whileDead += arrivedNanos >= deadNanos ? 1 : 0;
                return;
            }
            if (firstNanos == backNanos) {
                firstNanos = arrivedNanos;
            }
            if (dueNanos < backNanos) {
                missedNanos = arrivedNanos;
            }
            // The most that any stretch which ends here has beyond the cap times its length.
            bucket = Math.max(0, bucket - cap * (arrivedNanos - lastNanos) / 1e9) + 1;
            burst = Math.max(burst, bucket);
            lastNanos = arrivedNanos;
        }

        Comeback build() {
            return new Comeback(
                    Arrays.copyOf(perSecond, perSecond.length),
                    whileDead,
                    (firstNanos - backNanos) / 1e9,
                    (missedNanos - backNanos) / 1e9,
                    burst);
        }
    }
}
