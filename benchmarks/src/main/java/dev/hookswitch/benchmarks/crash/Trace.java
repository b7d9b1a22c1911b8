package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is known of one delivery. */
final class Trace {
    /** Between the clocks' readings of two processes on one machine. */
    private static final long TOLERANCE_MS = 50;

    final List<Attempt> attempts = new ArrayList<>(2);
    final List<OutcomeRow.Outcome> outcomes = new ArrayList<>(1);
    final List<Post> posts = new ArrayList<>(2);
    boolean written;

    /**
     * An attempt that the dispatcher has committed.
     *
     * @param number from 1
     * @param status that it saw; null when there was no answer
     * @param startedMs epoch milliseconds
     * @param durationMs until the answer was known
     */
    record Attempt(int number, @Nullable Integer status, long startedMs, long durationMs) {
        boolean fits(Post post) {
            return (status == null || status == post.status())
                    && post.arrivedMs() >= startedMs - TOLERANCE_MS
                    && post.arrivedMs() <= startedMs + durationMs + TOLERANCE_MS;
        }
    }

    /**
     * POSTs and attempts laid upon each other.
     *
     * @param unrecorded POSTs whose result was never committed: each was made once more
     * @param withoutPost attempts that were answered, it is said, by a receiver that knows nothing of it
     */
    record Matched(List<Post> unrecorded, int withoutPost) {}

    Matched matched() {
        List<Post> unrecorded = new ArrayList<>(posts);
        unrecorded.sort(Comparator.comparingLong(Post::arrivedMs));
        int withoutPost = 0;
        List<Attempt> inOrder = new ArrayList<>(attempts);
        inOrder.sort(Comparator.comparingLong(Attempt::startedMs));
        for (Attempt attempt : inOrder) {
            Optional<Post> own = unrecorded.stream().filter(attempt::fits).findFirst();
            own.ifPresent(unrecorded::remove);
            withoutPost += own.isEmpty() && attempt.status() != null ? 1 : 0;
        }
        return new Matched(unrecorded, withoutPost);
    }

    /** Rows about attempts that have a row already. */
    long recordedAgain() {
        return attempts.size()
                - attempts.stream().map(Attempt::number).distinct().count();
    }

    boolean delivered() {
        return outcomes.contains(OutcomeRow.Outcome.DELIVERED);
    }

    boolean answeredWithSuccess() {
        return posts.stream().anyMatch(Post::isSuccess);
    }
}
