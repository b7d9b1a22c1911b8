package dev.hookswitch.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.access.TokenBuckets.Taken;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {
    private static final RateLimit TEN_A_SECOND = RateLimit.perSecond(10);

    private final TokenBuckets<String> buckets = new TokenBuckets<>(3);
    private long nowNanos = Long.MAX_VALUE - 5;

    @Test
    void allMayComeAtOnceAndThenOneAfterTheOther() {
        for (int i = 9; i >= 0; i--) {
            assertThat(take("a")).isEqualTo(new Taken(true, i, i > 0 ? Duration.ZERO : ms(100), ms(100L * (10 - i))));
        }
        assertThat(take("a")).isEqualTo(new Taken(false, 0, ms(100), ms(1_000)));
        advance(ms(99));
        assertThat(take("a").taken()).isFalse();
        advance(ms(1));
        assertThat(take("a").taken()).isTrue();
        assertThat(take("a").taken()).isFalse();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        drain("a");
        for (int i = 0; i < 1_000; i++) {
            assertThat(take("a").taken()).isFalse();
        }
        advance(ms(100));
        assertThat(take("a").taken()).isTrue();
    }

    /** Threads read the clock before they are let in, and may be let in in another order. */
    @Test
    void timeThatSeemsToGoBackIsNotCountedTwice() {
        drain("a");
        advance(ms(100));
        assertThat(take("a").taken()).isTrue();
        assertThat(buckets.take("a", TEN_A_SECOND, nowNanos - ms(100).toNanos()).taken())
                .isFalse();
        assertThat(take("a").taken()).isFalse();
    }

    @Test
    void neverMoreThanAllAreSaved() {
        drain("a");
        advance(Duration.ofDays(3));
        assertThat(take("a").remaining()).isEqualTo(9);
    }

    @Test
    void keysDoNotTouchEachOther() {
        drain("a");
        assertThat(take("b").remaining()).isEqualTo(9);
    }

    @Test
    void aLowerLimitCountsAtOnce() {
        assertThat(take("a").remaining()).isEqualTo(9);
        assertThat(buckets.take("a", RateLimit.perMinute(2), nowNanos).remaining())
                .isEqualTo(1);
    }

    @Test
    void remembersThoseThatCameLast() {
        drain("a");
        drain("b");
        drain("c");
        assertThat(take("a").taken()).isFalse();
        take("d");
        assertThat(buckets.size()).isEqualTo(3);
        assertThat(take("a").taken()).as("used after b").isFalse();
        assertThat(take("c").taken()).isFalse();
        assertThat(take("b").remaining()).as("forgotten, begins full").isEqualTo(9);
        for (int i = 0; i < 10_000; i++) {
            take("key " + i);
        }
        assertThat(buckets.size()).isEqualTo(3);
    }

    @Test
    void whoWaitsAsLongAsItIsToldIsServed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            RateLimit limit = new RateLimit(1 + random.nextInt(5_000), Duration.ofMillis(1 + random.nextInt(100_000)));
            String key = "k" + i % 3;
            Taken taken = buckets.take(key, limit, nowNanos);
            if (!taken.taken()) {
                advance(taken.untilNext());
                assertThat(buckets.take(key, limit, nowNanos).taken())
                        .as("seed %s, step %s, %s", seed, i, limit)
                        .isTrue();
            }
            nowNanos += random.nextInt(1_000_000);
        }
    }

    @Test
    void inAnyTimeThereAreNoMoreThanTheLimitAndWhatWasSaved() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int served = 0;
        long elapsedNanos = 0;
        while (elapsedNanos < Duration.ofSeconds(60).toNanos()) {
            served += take("a").taken() ? 1 : 0;
            long step = random.nextInt(30_000_000);
            elapsedNanos += step;
            nowNanos += step;
        }
        assertThat(served).as("seed %s", seed).isBetween(590, 610);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aLimitOfNoneIsNone(int requests) {
        assertThatThrownBy(() -> RateLimit.perSecond(requests)).isInstanceOf(IllegalArgumentException.class);
    }

    private void drain(String key) {
        for (int i = 0; i < 10; i++) {
            assertThat(take(key).taken()).isTrue();
        }
    }

    private Taken take(String key) {
        return buckets.take(key, TEN_A_SECOND, nowNanos);
    }

    private void advance(Duration step) {
        nowNanos += step.toNanos();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
