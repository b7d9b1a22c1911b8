package dev.hookswitch.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTest {
    private static final long SECOND = 1_000_000_000L;

    private static Post post(Actor actor, int attempt, long seconds) {
        return new Post(
                actor, "msg_1", attempt, 77 + seconds * SECOND, 78 + seconds * SECOND, 500, true, true, new byte[0]);
    }

    @Test
    void takesAsLongAsAllTiersTogether() {
        assertThat(Journey.length(1)).isEqualTo(Duration.ofSeconds(756));
        assertThat(Journey.length(60)).isEqualTo(Duration.ofMillis(12_600));
    }

    @Test
    void tellsEachAttemptOfTheOneDeliveryOnce() {
        Journey journey = new Journey(1);
        List<Post> posts = new ArrayList<>(List.of(post(Cast.ONE_DELIVERY, 1, 10), post(Cast.GIVES_UP, 1, 10)));

        assertThat(journey.news(posts))
                .containsExactly("quiet-billing: attempt 1 of 6, 0.000 s after the first; the next is due in 1.0 s");
        assertThat(journey.news(posts)).isEmpty();

        posts.add(post(Cast.ONE_DELIVERY, 5, 166));
        posts.add(post(Cast.ONE_DELIVERY, 6, 766));

        assertThat(journey.news(posts))
                .containsExactly(
                        "quiet-billing: attempt 5 of 6, 156 s after the first; the next is due in 600 s",
                        "quiet-billing: attempt 6 of 6, 756 s after the first; it was the last");
    }
}
