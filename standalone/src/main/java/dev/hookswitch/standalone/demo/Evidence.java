package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that was seen.
 *
 * @param played events, in order
 * @param posts what the receivers got
 * @param attempts rows of delivery-attempts
 * @param outcomes rows of delivery-outcomes
 * @param webhookIds of the cast
 * @param disablings of the cast, of those that were disabled
 * @param missed events that came while the endpoint that comes back was disabled
 * @param afterwards events that came after it worked again
 * @param enabledNanos when it was enabled
 * @param timeScale what delays were divided by
 */
record Evidence(
        List<PlayedEvent> played,
        List<Post> posts,
        List<AttemptRow> attempts,
        List<OutcomeRow> outcomes,
        Map<Actor, String> webhookIds,
        Map<Actor, Books.Disabling> disablings,
        Set<String> missed,
        Set<String> afterwards,
        OptionalLong enabledNanos,
        double timeScale) {

    List<PlayedEvent> playedFor(Actor actor) {
        return played.stream().filter(actor::gets).toList();
    }

    List<Post> postsOf(Actor actor) {
        return posts.stream().filter(post -> post.actor().equals(actor)).toList();
    }

    List<OutcomeRow> outcomesOf(Actor actor) {
        return outcomes.stream()
                .filter(row -> row.webhookId().equals(webhookIds.get(actor)))
                .toList();
    }

    List<AttemptRow> attemptsOf(Actor actor) {
        return attempts.stream()
                .filter(row -> row.webhookId().equals(webhookIds.get(actor)))
                .filter(row -> row.kind() == AttemptRow.Kind.ATTEMPT)
                .toList();
    }

    /** How many nanoseconds a promised delay takes in this run. */
    long scaledNanos(java.time.Duration delay) {
        return (long) (delay.toNanos() / timeScale);
    }
}
