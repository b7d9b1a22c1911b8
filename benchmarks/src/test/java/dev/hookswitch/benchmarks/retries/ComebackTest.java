package dev.hookswitch.benchmarks.retries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** An endpoint that is dead from second 2 to second 5 of 10 and may get 10 POSTs a second. */
class ComebackTest {
    private static final long ORIGIN = 7_000_000_000_123L;
    private static final int CAP = 10;

    private final Comeback.Builder builder = new Comeback.Builder(ORIGIN, 10, at(2), at(5), CAP);

    private static long at(double second) {
        return ORIGIN + (long) (second * 1e9);
    }

    @Test
    void countsWhatCameBeforeWhileItWasDeadAndAfter() {
        builder.take(at(0.5), at(0.5));
        builder.take(at(1), at(3));
        builder.take(at(4), at(6.5));
        builder.take(at(6), at(7));

        Comeback comeback = builder.build();

        assertThat(comeback.perSecond()).containsExactly(1, 0, 0, 1, 0, 0, 1, 1, 0, 0);
        assertThat(comeback.whileDead()).isEqualTo(1);
        assertThat(comeback.firstSeconds()).isCloseTo(1.5, within(0.001));
        assertThat(comeback.missedSeconds()).isCloseTo(1.5, within(0.001));
    }

    @Test
    void whatComesAtTheCapIsNoBurst() {
        for (int i = 0; i < 30; i++) {
            builder.take(at(5), at(5 + 0.1 * i));
        }

        assertThat(builder.build().burst()).isCloseTo(1, within(0.001));
    }

    @Test
    void aBurstIsWhatTheWorstStretchHadBeyondTheCap() {
        for (int i = 0; i < 20; i++) {
            builder.take(at(5), at(6 + 0.01 * i));
        }
        builder.take(at(8), at(9));

        // 20 in 0.19 s, in which 1.9 may come.
        assertThat(builder.build().burst()).isCloseTo(18.1, within(0.01));
    }
}
