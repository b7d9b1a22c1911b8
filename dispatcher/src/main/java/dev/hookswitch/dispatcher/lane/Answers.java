package dev.hookswitch.dispatcher.lane;

/** What is known of how an endpoint answers. Time is an argument. */
final class Answers {
    /** How long an endpoint takes, until that is known. */
    private static final long ASSUMED_NANOS = 20_000_000;

    /** The latest answer counts one part in so many in the mean. */
    private static final int MEAN_OVER = 16;

    /** An endpoint slows down when it takes so many times as long as its quickest answer. */
    private static final int SLOWER = 2;

    /** Silence that says nothing: it takes the lane some milliseconds to look at an answer. */
    private static final long LEAST_SILENCE_NANOS = 50_000_000;

    private long meanNanos = ASSUMED_NANOS;
    private long quickestNanos = Long.MAX_VALUE;
    private long lastNanos;
    private boolean failing;

    /** An endpoint of which nothing is known. */
    Answers(long nowNanos) {
        this.lastNanos = nowNanos;
    }

    /** A POST was begun while none was in flight. */
    void awaited(long nowNanos) {
        if (!failing) {
            lastNanos = nowNanos;
        }
    }

    void inTime(long tookNanos, long nowNanos) {
        boolean anew = failing || !areKnown();
        meanNanos = anew ? tookNanos : meanNanos + (tookNanos - meanNanos) / MEAN_OVER;
        quickestNanos = Math.min(quickestNanos, tookNanos);
        lastNanos = nowNanos;
        failing = false;
    }

    /** The deadline passed without an answer. */
    void missed(long tookNanos) {
        meanNanos += (tookNanos - meanNanos) / MEAN_OVER;
        failing = true;
    }

    /** Whether it has answered at all. */
    boolean areKnown() {
        return quickestNanos != Long.MAX_VALUE;
    }

    long meanNanos() {
        return meanNanos;
    }

    /** Whether an answer that took so long says that the endpoint has less to give than it had. */
    boolean isSlower(long tookNanos) {
        return areKnown() && tookNanos / SLOWER > quickestNanos;
    }

    /** Whether it answers in time and about as quickly as it can. */
    boolean isAtEase() {
        return !failing && !isSlower(meanNanos);
    }

    /** Whether it does not answer as it did: deadlines pass, or no answer comes although it should have. */
    boolean isSilent(boolean anyInFlight, long nowNanos) {
        return failing || (anyInFlight && silentNanos(nowNanos) > Math.max(2 * meanNanos, LEAST_SILENCE_NANOS));
    }

    /** How long ago it last answered in time. */
    long silentNanos(long nowNanos) {
        return nowNanos - lastNanos;
    }
}
