package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import java.util.List;

/**
 * POSTs of an episode whose result was never committed, so that each was made once more.
 *
 * @param inFlight not answered yet at the moment of the fault, or POSTed after it
 * @param answered answered before it
 * @param oldestAnsweredMs how long before the fault the first of these was answered
 */
record Repeats(Episode episode, int inFlight, int answered, long oldestAnsweredMs) {

    static Repeats of(Episode episode, List<Post> unrecorded) {
        int inFlight = 0;
        int answered = 0;
        long oldestAnsweredMs = 0;
        for (Post post : unrecorded) {
            if (episode.contains(post.arrivedMs())) {
                long beforeFaultMs = episode.faultMs() - post.answeredMs();
                if (beforeFaultMs > 0) {
                    answered++;
                    oldestAnsweredMs = Math.max(oldestAnsweredMs, beforeFaultMs);
                } else {
                    inFlight++;
                }
            }
        }
        return new Repeats(episode, inFlight, answered, oldestAnsweredMs);
    }

    int all() {
        return inFlight + answered;
    }
}
