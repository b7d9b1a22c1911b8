package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private long nowNanos = Long.MAX_VALUE - 5;
    private final Patience patience = new Patience(Duration.ofSeconds(60), () -> nowNanos);

    private boolean lasts(int afterSeconds, long figure) {
        nowNanos += Duration.ofSeconds(afterSeconds).toNanos();
        return patience.lasts(figure);
    }

    @Test
    void lastsAsLongAsSomethingChangesNowAndThen() {
        assertThat(lasts(0, 7)).isTrue();
        assertThat(lasts(59, 7)).isTrue();
        assertThat(lasts(59, 8)).isTrue();
        assertThat(lasts(59, 8)).isTrue();
        assertThat(lasts(1, 8)).isFalse();
    }

    @Test
    void countsFromTheFirstLook() {
        assertThat(lasts(3_600, 0)).isTrue();
        assertThat(lasts(59, 0)).isTrue();
        assertThat(lasts(1, 0)).isFalse();
    }
}
