package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.Arrays;

/**
 * Follows every delivery of a run through what the receiver has seen and what the dispatcher has committed. Rows of one
 * delivery must come in the order in which they were written.
 */
final class Ledger {
    private static final long NEVER = Long.MAX_VALUE;

    private final Endpoints endpoints;
    private final int[] posts;
    private final int[] attempts;
    private final int[] deferrals;
    private final int[] outcomes;
    private final boolean[] healthy;
    private final long[] firstRowMs;
    private final long[] firstAttemptMs;
    private final long[] endedMs;
    private long outOfStep;
    private long healthyTroubles;
    private long badDelivered;
    private long strangers;

    /** @param produced how many deliveries there were; they have the numbers from 0 */
    Ledger(Endpoints endpoints, int produced) {
        this.endpoints = endpoints;
        this.posts = new int[produced];
        this.attempts = new int[produced];
        this.deferrals = new int[produced];
        this.outcomes = new int[produced];
        this.healthy = new boolean[produced];
        this.firstRowMs = never(produced);
        this.firstAttemptMs = never(produced);
        this.endedMs = never(produced);
    }

    private static long[] never(int count) {
        long[] times = new long[count];
        Arrays.fill(times, NEVER);
        return times;
    }

    /** The receiver had this request. */
    void post(Stamp stamp) {
        if (stamp.number() < posts.length) {
            posts[(int) stamp.number()]++;
        } else {
            strangers++;
        }
    }

    /**
     * A row was committed.
     *
     * @param atMs when it was written
     */
    void row(AttemptRow row, long atMs) {
        int number = number(row.eventId(), row.webhookId());
        if (number < 0) {
            return;
        }
        firstRowMs[number] = Math.min(firstRowMs[number], atMs);
        // A deferral names the attempt that it puts off, and spends none.
        if (row.attempt() != attempts[number] + 1) {
            outOfStep++;
        }
        if (row.kind() == AttemptRow.Kind.ATTEMPT) {
            attempts[number]++;
            firstAttemptMs[number] = Math.min(firstAttemptMs[number], row.startedAtMs());
        } else {
            deferrals[number]++;
        }
    }

    /** An outcome was committed, after the rows of the delivery's attempts. */
    void outcome(OutcomeRow row) {
        int number = number(row.eventId(), row.webhookId());
        if (number < 0) {
            return;
        }
        outcomes[number]++;
        endedMs[number] = Math.min(endedMs[number], row.endedAtMs());
        outOfStep += row.attempts() == attempts[number] ? 0 : 1;
        boolean delivered = row.outcome() == OutcomeRow.Outcome.DELIVERED;
        if (healthy[number]) {
            healthyTroubles += delivered && row.attempts() == 1 ? 0 : 1;
        } else {
            badDelivered += delivered ? 1 : 0;
        }
    }

    private int number(String eventId, String webhookId) {
        long number = Deliveries.number(eventId);
        if (number >= outcomes.length) {
            strangers++;
            return -1;
        }
        healthy[(int) number] = endpoints.isHealthy(endpoints.index(webhookId));
        return (int) number;
    }

    /** What follows from all of it. */
    Audit audit() {
        long lost = 0;
        long endedTwice = 0;
        long postsWithoutAttempt = 0;
        long attemptsWithoutPost = 0;
        long healthyDeferrals = 0;
        long allDeferrals = 0;
        for (int i = 0; i < outcomes.length; i++) {
            lost += outcomes[i] == 0 ? 1 : 0;
            endedTwice += outcomes[i] > 1 ? 1 : 0;
            postsWithoutAttempt += Math.max(0, posts[i] - attempts[i]);
            attemptsWithoutPost += Math.max(0, attempts[i] - posts[i]);
            allDeferrals += deferrals[i];
            healthyDeferrals += healthy[i] ? deferrals[i] : 0;
        }
        return new Audit(
                outcomes.length,
                lost,
                endedTwice,
                outOfStep,
                postsWithoutAttempt,
                attemptsWithoutPost,
                strangers,
                healthyTroubles,
                healthyDeferrals,
                allDeferrals,
                badDelivered);
    }

    /**
     * How the deliveries to bad endpoints stood at a moment.
     *
     * @param firstNumber of the first that counts
     * @param pastNumber after the last that counts
     */
    Standing standing(int firstNumber, int pastNumber, long atMs) {
        long ended = 0;
        long tried = 0;
        long putOff = 0;
        long unread = 0;
        for (int i = firstNumber; i < pastNumber; i++) {
            if (healthy[i]) {
                continue;
            }
            if (endedMs[i] <= atMs) {
                ended++;
            } else if (firstAttemptMs[i] <= atMs) {
                tried++;
            } else if (firstRowMs[i] <= atMs) {
                putOff++;
            } else {
                unread++;
            }
        }
        return new Standing(ended, tried, putOff, unread);
    }

    /**
     * What a run has shown; a proof when all but the last four are as they should be.
     *
     * @param produced deliveries
     * @param lost without an outcome
     * @param endedTwice with more than one
     * @param outOfStep rows whose attempt number is not that of the attempts before, plus one; outcomes that do not tell
     *     the number of attempts
     * @param postsWithoutAttempt requests that the receiver had and no row tells of
     * @param attemptsWithoutPost rows of attempts, such as of a deferral that was counted as one, of which the receiver saw
     *     nothing
     * @param strangers rows and requests of no delivery of the run
     * @param healthyTroubles deliveries to healthy endpoints that were not delivered at the first attempt
     * @param healthyDeferrals deferrals of deliveries to healthy endpoints
     * @param deferrals all
     * @param badDelivered deliveries to bad endpoints that arrived once these were healed
     */
    record Audit(
            long produced,
            long lost,
            long endedTwice,
            long outOfStep,
            long postsWithoutAttempt,
            long attemptsWithoutPost,
            long strangers,
            long healthyTroubles,
            long healthyDeferrals,
            long deferrals,
            long badDelivered) {}

    /**
     * Deliveries to bad endpoints at a moment.
     *
     * @param ended with an outcome
     * @param tried at least once, and waiting for the next attempt or under way
     * @param putOff and never tried
     * @param unread about which nothing is written yet
     */
    record Standing(long ended, long tried, long putOff, long unread) {
        long all() {
            return ended + tried + putOff + unread;
        }
    }
}
