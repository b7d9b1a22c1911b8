package dev.hookswitch.benchmarks.books;

import dev.hookswitch.common.report.Measure;
import java.util.List;

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
public record Audit(
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
        long badDelivered) {
    /** The lines that must be zero. */
    public List<Measure> goals() {
        return List.of(
                none("lost", lost, "deliveries"),
                none("ended_twice", endedTwice, "deliveries"),
                none("attempt_numbers_out_of_step", outOfStep, "rows"),
                none("attempts_without_a_post", attemptsWithoutPost, "rows"),
                none("posts_without_an_attempt", postsWithoutAttempt, "POSTs"),
                none("strangers", strangers, "rows"),
                none("healthy_not_delivered_at_first_attempt", healthyTroubles, "deliveries"));
    }

    private static Measure none(String name, long value, String unit) {
        return Measure.exactly(name, (double) value, unit, 0);
    }
}
