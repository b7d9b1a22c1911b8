package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000;
    /** The clock may begin anywhere, also just before it overflows. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    @Test
    void withoutARateNothingWaits() {
        RateLimit limit = new RateLimit(START);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.waitNanos(START)).isZero();
            limit.began(START);
        }
        assertThat(limit.isRested(START)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1000000000", "10, 10, 100000000", "0.5, 1, 2000000000", "2.5, 2, 400000000", "3, 3, 333333334"})
    void aSecondsWorthAtOnceAndThenAnEvenPace(double perSecond, int burst, long interval) {
        RateLimit limit = limit(perSecond);
        for (int i = 0; i < burst; i++) {
            assertThat(limit.waitNanos(START)).isZero();
            limit.began(START);
        }
        long now = START;
        for (int i = 0; i < 50; i++) {
            assertThat(limit.waitNanos(now)).isEqualTo(interval);
            now += interval;
            assertThat(limit.waitNanos(now - 1)).isEqualTo(1);
            assertThat(limit.waitNanos(now)).isZero();
            limit.began(now);
        }
    }

    @Test
    void isRestedWhenTheWholeBurstIsThere() {
        RateLimit limit = limit(10);
        limit.began(START);
        limit.began(START);
        assertThat(limit.isRested(START + SECOND / 5 - 1)).isFalse();
        assertThat(limit.isRested(START + SECOND / 5)).isTrue();
    }

    @Test
    void aNewRateCountsAtOnce() {
        RateLimit limit = limit(1);
        limit.began(START);
        assertThat(limit.waitNanos(START)).isEqualTo(SECOND);
        limit.set(100);
        assertThat(limit.waitNanos(START)).isEqualTo(SECOND / 100);
        limit.set(0);
        assertThat(limit.waitNanos(START)).isZero();
    }

    /** Whatever the demand, no window of any length has more than rate x length + burst. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 7, 100})
    void noWindowHasMoreThanItMay(double perSecond) {
        long seed = Double.doubleToLongBits(perSecond);
        Random random = new Random(seed);
        RateLimit limit = limit(perSecond);
        List<Long> begun = new ArrayList<>();
        long now = START;
        while (begun.size() < 1_000) {
            now += (long) (random.nextDouble() * random.nextDouble() * 3 * SECOND / perSecond);
            for (int demand = random.nextInt(4); demand > 0 && limit.waitNanos(now) == 0; demand--) {
                limit.began(now);
                begun.add(now);
            }
        }
        long burst = Math.max(1, (long) perSecond);
        for (int first = 0; first < begun.size(); first++) {
            for (int last = first; last < begun.size(); last++) {
                double seconds = (double) (begun.get(last) - begun.get(first)) / SECOND;
                assertThat(last - first + 1)
                        .as("seed %s, from %s to %s", seed, first, last)
                        .isLessThanOrEqualTo((int) (perSecond * seconds + burst + 1e-6));
            }
        }
    }

    private static RateLimit limit(double perSecond) {
        RateLimit limit = new RateLimit(START);
        limit.set(perSecond);
        return limit;
    }
}
