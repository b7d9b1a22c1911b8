package dev.hookswitch.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void whatStaysHasNoGrowthAndNoSlope() {
        Trend trend = Trend.of(Samples.of(second -> 80), Sample::heapMib);

        assertThat(trend.growth()).isEqualTo(1);
        assertThat(trend.perHour()).isZero();
        assertThat(trend.max()).isEqualTo(80);
    }

    @Test
    void aStraightLineHasItsOwnSlope() {
        Trend trend = Trend.of(Samples.of(second -> 60 + second / 10), Sample::heapMib);

        assertThat(trend.perHour()).isCloseTo(360, within(1e-6));
        // medians at 305 s and 505 s
        assertThat(trend.growth()).isCloseTo(110.5 / 90.5, within(1e-9));
    }

    @Test
    void theWarmUpDoesNotCount() {
        Trend trend = Trend.of(Samples.of(second -> second <= 200 ? second : 200), Sample::heapMib);

        assertThat(trend.growth()).isEqualTo(1);
        assertThat(trend.perHour()).isZero();
    }

    @Test
    void aSawtoothThatComesBackIsNoGrowth() {
        Trend trend = Trend.of(Samples.of(second -> 80 + second % 50), Sample::heapMib);

        assertThat(trend.growth()).isCloseTo(1, within(0.01));
    }
}
