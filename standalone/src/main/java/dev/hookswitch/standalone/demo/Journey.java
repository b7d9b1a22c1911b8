package dev.hookswitch.standalone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The one delivery of {@link Cast#ONE_DELIVERY}, which fails until it has been through every tier. */
final class Journey {
    private static final Actor ACTOR = Cast.ONE_DELIVERY;

    private final double timeScale;
    private int told;

    Journey(double timeScale) {
        this.timeScale = timeScale;
    }

    /** From its first attempt to its last, in a run of this scale. */
    static Duration length(double timeScale) {
        long seconds = IntStream.rangeClosed(2, ACTOR.promise().maxAttempts())
                .mapToLong(attempt -> ACTOR.promise().delayBefore(attempt).toSeconds())
                .sum();
        return Duration.ofMillis((long) (seconds * 1_000 / timeScale));
    }

    /** A line for each of its attempts that has come since the last call. */
    List<String> news(List<Post> posts) {
        List<Post> ours =
                posts.stream().filter(post -> post.actor().equals(ACTOR)).toList();
        List<String> lines = new ArrayList<>();
        for (; told < ours.size(); told++) {
            Post post = ours.get(told);
            int last = ACTOR.promise().maxAttempts();
            lines.add(ACTOR.label() + ": attempt " + post.attempt() + " of " + last + ", "
                    + Tables.seconds((post.arrivedNanos() - ours.get(0).arrivedNanos()) / 1e9) + " after the first; "
                    + (post.attempt() >= last
                            ? "it was the last"
                            : "the next is due in " + Tables.seconds(delaySeconds(post.attempt() + 1))));
        }
        return lines;
    }

    private double delaySeconds(int attempt) {
        return ACTOR.promise().delayBefore(attempt).toMillis() / 1e3 / timeScale;
    }

    /** Its attempts: when each came, and how late. */
    static Table table(Evidence evidence) {
        Table table = new Table("ATTEMPT", "AFTER THE FIRST", "WAIT PROMISED", "LATE");
        List<Post> posts = evidence.postsOf(ACTOR);
        Map<Integer, Waits.Wait> waits = new HashMap<>();
        Waits.of(evidence, posts).forEach(wait -> waits.put(wait.post().attempt(), wait));
        for (Post post : posts) {
            Waits.Wait wait = waits.get(post.attempt());
            double after = (post.arrivedNanos() - posts.get(0).arrivedNanos()) / 1e9;
            table.row(
                    String.valueOf(post.attempt()),
                    String.format(Locale.ROOT, "%.3f s", after),
                    wait == null
                            ? "-"
                            : Tables.seconds(
                                    ACTOR.promise().delayBefore(post.attempt()).toMillis()
                                            / 1e3
                                            / evidence.timeScale()),
                    wait == null ? "-" : String.format(Locale.ROOT, "%.0f ms", wait.lateNanos() / 1e6));
        }
        return table;
    }
}
