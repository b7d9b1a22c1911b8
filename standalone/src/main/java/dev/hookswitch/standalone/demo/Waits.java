package dev.hookswitch.standalone.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long after its due time each retry came, by the receivers' own clock. */
final class Waits {
    /** Kafka's time stamps have whole milliseconds, so that a due time may lie up to one too early. */
    private static final long GRAIN_NANOS = 2_000_000;

    private Waits() {}

    /**
     * A retry.
     *
     * @param post the retry
     * @param lateNanos after it was due; negative when it came before
     */
    record Wait(Post post, long lateNanos) {
        boolean early() {
            return lateNanos < -GRAIN_NANOS;
        }
    }

    static List<Wait> of(Evidence evidence, List<Post> posts) {
        Map<String, Post> before = new HashMap<>();
        List<Wait> waits = new ArrayList<>();
        posts.forEach(post -> before.put(key(post, post.attempt()), post));
        for (Post post : posts) {
            Post failed = before.get(key(post, post.attempt() - 1));
            if (failed != null && post.attempt() <= post.actor().promise().maxAttempts()) {
                long due = evidence.scaledNanos(post.actor().promise().delayBefore(post.attempt()));
                waits.add(new Wait(post, post.arrivedNanos() - failed.answeredNanos() - due));
            }
        }
        return waits;
    }

    private static String key(Post post, int attempt) {
        return post.actor().label() + "/" + post.deliveryId() + "/" + attempt;
    }

    /** The value below which that share of the retries lies, in milliseconds; 0 when there are none. */
    static double lateMs(List<Wait> waits, double share) {
        long[] sorted = waits.stream().mapToLong(Wait::lateNanos).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))] / 1e6;
    }
}
