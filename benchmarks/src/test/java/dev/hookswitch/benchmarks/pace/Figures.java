package dev.hookswitch.benchmarks.pace;

/** Phases for tests: 100 deliveries a second, evenly spaced, from an origin that is not 0. */
public final class Figures {
    private static final int PER_SECOND = 100;
    private static final long ORIGIN = 7_000_000_000_123L;

    private Figures() {}

    public static long second(int second) {
        return ORIGIN + second * 1_000_000_000L;
    }

    public static long due(int i) {
        return ORIGIN + i * 1_000_000_000L / PER_SECOND;
    }

    public static PhaseFigures.Builder builder(String name, boolean disturbed, int seconds) {
        return builder(name, disturbed, seconds, 0);
    }

    /** The machine was not ours in so many of its last seconds. */
    public static PhaseFigures.Builder builder(String name, boolean disturbed, int seconds, int stolen) {
        return new PhaseFigures.Builder(
                new Phase(name, disturbed, second(0), second(seconds)),
                PER_SECOND,
                dueNanos -> dueNanos < second(seconds - stolen));
    }

    /** Every delivery arrives so late. */
    public static PhaseFigures steady(String name, boolean disturbed, int seconds, long lateMs) {
        return steady(builder(name, disturbed, seconds), seconds, lateMs);
    }

    /** The same, on a machine that was not ours for so many of the last seconds. */
    public static PhaseFigures stolen(String name, int seconds, int stolen, long lateMs) {
        return steady(builder(name, true, seconds, stolen), seconds, lateMs);
    }

    private static PhaseFigures steady(PhaseFigures.Builder builder, int seconds, long lateMs) {
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            builder.take(due(i), due(i) + lateMs * 1_000_000);
        }
        return builder.build();
    }
}
