package dev.hookswitch.dispatcher.lane;

/**
 * How many POSTs one endpoint may have in flight: few at first, more as it answers, at most a given number. An endpoint
 * that answers slower the more it is called has as many as it can answer within half the deadline; one that does not
 * answer has one. (The rule is TCP's, RFC 5681: one more for each answer at first, one more per round when it gets slower,
 * half when one is lost. See docs/adr.)
 */
final class Places {
    private static final double AT_FIRST = 8;
    private static final double LEAST = 1;

    private final int most;
    private double places;
    private long halvedAtNanos;

    Places(int most, long nowNanos) {
        this.most = most;
        this.places = Math.min(AT_FIRST, most);
        this.halvedAtNanos = nowNanos;
    }

    int now() {
        return (int) places;
    }

    /** How many there will be soon, if all goes on as it does. */
    double soon(Answers answers) {
        return answers.isAtEase() ? most : places;
    }

    /**
     * An answer came in time.
     *
     * @param inFlight how many were in flight, this one included: places that nobody uses prove nothing
     */
    void inTime(long tookNanos, long deadlineNanos, Answers answers, int inFlight) {
        if (inFlight < now() / 2) {
            return;
        }
        double change;
        if (!answers.isSlower(tookNanos)) {
            change = 1;
        } else {
            change = tookNanos <= deadlineNanos / 2 ? 1 / places : -1 / places;
        }
        places = Math.max(LEAST, Math.min(most, places + change));
    }

    /** The deadline of a POST passed. Those that were in flight with it say nothing new. */
    void missed(long begunNanos, long nowNanos) {
        if (begunNanos - halvedAtNanos >= 0) {
            places = Math.max(LEAST, places / 2);
            halvedAtNanos = nowNanos;
        }
    }
}
