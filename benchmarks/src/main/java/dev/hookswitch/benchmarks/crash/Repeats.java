package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import java.util.List;

/**
 * POSTs of an episode whose result was never committed, so that each was made once more.
 *
 * @param inFlight not answered yet at the moment of the fault, or POSTed after it
 * @param answered answered before it
 * @param sinceCommitMs how long before the fault the last commit that succeeded was begun
 */
record Repeats(Episode episode, int inFlight, int answered, long sinceCommitMs) {

    static Repeats of(Episode episode, List<Post> unrecorded, long sinceCommitMs) {
        int inFlight = 0;
        int answered = 0;
        for (Post post : unrecorded) {
            if (episode.contains(post.arrivedMs())) {
                if (post.answeredMs() < episode.faultMs()) {
                    answered++;
                } else {
                    inFlight++;
                }
            }
        }
        return new Repeats(episode, inFlight, answered, sinceCommitMs);
    }

    int all() {
        return inFlight + answered;
    }
}
