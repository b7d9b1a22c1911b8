package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 1, 7, 15, 50, 1_000, 100_000})
    void keepsItsRate(double perSecond) {
        Pace pace = new Pace(perSecond, 0);
        long seconds = Math.max(10, (long) (20 / perSecond));
        long taken = 0;
        for (long now = 0; now < seconds * SECOND; now += Math.max(1_000, pace.waitNanos())) {
            int ready = pace.ready(now);
            pace.took(ready);
            taken += ready;
        }
        double burst = Math.max(1, perSecond / 10);
        assertThat((double) taken)
                .isLessThanOrEqualTo(perSecond * seconds + burst)
                .isGreaterThanOrEqualTo(perSecond * seconds - burst - 1);
    }

    @Test
    void goesInStepsOfATenthOfASecond() {
        Pace pace = new Pace(50, 0);
        assertThat(pace.ready(0)).isEqualTo(5);
        assertThat(pace.waitNanos()).isZero();
        pace.took(5);
        assertThat(pace.ready(0)).isZero();
        assertThat(pace.waitNanos()).isEqualTo(SECOND / 10);
        assertThat(pace.ready(SECOND / 20)).isEqualTo(2);
        assertThat(pace.waitNanos()).isEqualTo(SECOND / 20);
    }

    @Test
    void savesNothingUp() {
        Pace pace = new Pace(50, 0);
        assertThat(pace.ready(3600 * SECOND)).isEqualTo(5);
    }
}
