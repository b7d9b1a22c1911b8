package dev.hookswitch.benchmarks.books;

import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.receiver.RequestLog;
import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Follows every delivery of a run through what the receiver has seen and what the dispatcher has committed. Rows of one
 * delivery must come in the order in which they were written.
 */
public final class Ledger {
    private static final long NEVER = Long.MAX_VALUE;

    private final IntPredicate isHealthy;
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

    /**
     * Opens the books.
     *
     * @param produced how many deliveries there were; they have the numbers from 0
     * @param isHealthy whether the endpoint of that index should take everything at the first attempt
     */
    public Ledger(int produced, IntPredicate isHealthy) {
        this.isHealthy = isHealthy;
        this.posts = new int[produced];
        this.attempts = new int[produced];
        this.deferrals = new int[produced];
        this.outcomes = new int[produced];
        this.healthy = new boolean[produced];
        this.firstRowMs = never(produced);
        this.firstAttemptMs = never(produced);
        this.endedMs = never(produced);
    }

    /**
     * Enters a whole run.
     *
     * @param requestLog what the receiver has written
     */
    public Ledger enter(Path requestLog, String bootstrapServers, TopicLayout topics) throws IOException {
        RequestLog.read(requestLog, (stamp, arrivedNanos) -> post(stamp));
        TopicRows.read(
                bootstrapServers,
                topics.deliveryAttempts(),
                0,
                row -> row(Wire.read(row.value(), AttemptRow.class), row.timestamp()));
        TopicRows.read(
                bootstrapServers,
                topics.deliveryOutcomes(),
                0,
                row -> outcome(Wire.read(row.value(), OutcomeRow.class)));
        return this;
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
        healthy[(int) number] = isHealthy.test(Targets.index(webhookId));
        return (int) number;
    }

    /** What follows from all of it. */
    public Audit audit() {
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
    public Standing standing(int firstNumber, int pastNumber, long atMs) {
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
}
