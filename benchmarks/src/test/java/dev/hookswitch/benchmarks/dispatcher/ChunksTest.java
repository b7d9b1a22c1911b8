package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    private static final double PER_SECOND = 10_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.7})
    void aWindowHasAMarginOfThreeTenthsWhateverIsEatenWhileTheTopicIsFilled(double eatenShare) {
        long chunk = Chunks.forWindow(PER_SECOND, Duration.ofSeconds(10), eatenShare);
        long left = Math.round(chunk * (1 - eatenShare));

        assertThat(Chunks.forLoad(chunk, left)).isBetween(129_900L, 130_100L);
    }

    @Test
    void aWindowEndsBeforeTheLastTwentiethOfItsChunk() {
        assertThat(Chunks.forLoad(1_000, 600)).isEqualTo(550);
    }

    @Test
    void aChunkIsBoundedWhenEverythingIsEatenAtOnce() {
        assertThat(Chunks.forWindow(PER_SECOND, Duration.ofSeconds(10), 1.0)).isLessThan(1_000_000);
    }

    @Test
    void aSlowContenderGetsAFewToo() {
        assertThat(Chunks.forWarmUp(1)).isEqualTo(2_000);
        assertThat(Chunks.forWindow(1, Duration.ofSeconds(1), 0)).isEqualTo(2_000);
    }

    @Test
    void theNextPartOfAWarmUpComesBeforeTheLastIsEaten() {
        long chunk = Chunks.forWarmUp(PER_SECOND);

        assertThat(chunk).isEqualTo(60_000);
        assertThat(Chunks.low(chunk)).isEqualTo(12_000);
    }
}
