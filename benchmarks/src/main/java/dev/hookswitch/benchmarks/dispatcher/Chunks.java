package dev.hookswitch.benchmarks.dispatcher;

import java.time.Duration;

/** How many deliveries a topic is filled with at a time: enough to be busy all the while, and soon drained. */
final class Chunks {
    private static final long LEAST = 2_000;
    private static final double WARM_UP_SECONDS = 6;
    private static final double MARGIN = 1.3;
    private static final double MOST_EATEN = 0.8;
    /** The end of a chunk is not full load: some partitions are empty before the others. */
    private static final double NOT_STEADY = 0.05;

    private Chunks() {}

    /** For a part of the warm-up. */
    static long forWarmUp(double perSecond) {
        return Math.max(LEAST, (long) (perSecond * WARM_UP_SECONDS));
    }

    /** With so few left of a part of the warm-up comes the next. */
    static long low(long chunk) {
        return chunk / 5;
    }

    /**
     * For a window.
     *
     * @param duration of the window and of what comes between it and the fill
     * @param eatenShare what is eaten of a chunk while the topic is filled with it
     */
    static long forWindow(double perSecond, Duration duration, double eatenShare) {
        double seconds = duration.toMillis() / 1000.0;
        double left = 1 - NOT_STEADY - Math.min(MOST_EATEN, Math.max(0, eatenShare));
        return Math.max(LEAST, (long) (perSecond * seconds * MARGIN / left));
    }

    /** How many of a chunk may be eaten in its window, when so many are left at its beginning. */
    static long forLoad(long chunk, long left) {
        return left - (long) Math.ceil(chunk * NOT_STEADY);
    }
}
