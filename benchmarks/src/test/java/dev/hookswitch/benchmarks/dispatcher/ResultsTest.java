package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.figures.Spread;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();
    private final Scenario twenty = Scenario.parse("20@0");
    private final Scenario thousand = Scenario.parse("1000@0");

    @Test
    void ratiosAreOfPairsAndNotOfMedians() {
        // The machine is ten times slower in the second pair, and three times in the third.
        results.add(Samples.of("20@0", Contender.RAW, 1, 1_000, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 700, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 2, 80, 1));
        results.add(Samples.of("20@0", Contender.RAW, 2, 100, 1));
        results.add(Samples.of("20@0", Contender.RAW, 3, 300, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 3, 180, 1));

        assertThat(results.ratio(twenty, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond))
                .hasValueSatisfying(ratio -> {
                    assertThat(ratio.median()).isEqualTo(0.7);
                    assertThat(ratio.min()).isEqualTo(0.6);
                    assertThat(ratio.max()).isEqualTo(0.8);
                });
        assertThat(results.figure(twenty, Contender.RAW, Sample::perSecond)).hasValue(new Spread(100, 300, 1_000, 3));
    }

    @Test
    void countsCpuTimeAndNotTime() {
        results.add(Samples.of("20@0", Contender.RAW, 1, 1_000, 2));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 1_000, 4));

        assertThat(results.ratio(twenty, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond)
                        .map(Spread::median))
                .hasValue(0.5);
        assertThat(results.ratio(twenty, Contender.DISPATCHER, Contender.RAW, Sample::perSecond)
                        .map(Spread::median))
                .hasValue(1.0);
    }

    @Test
    void comparesScenariosPairByPair() {
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 1_000, 1));
        results.add(Samples.of("1000@0", Contender.DISPATCHER, 1, 900, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 2, 100, 1));

        assertThat(results.ratio(thousand, Contender.DISPATCHER, twenty, Contender.DISPATCHER, Sample::perSecond))
                .hasValue(new Spread(0.9, 0.9, 0.9, 1));
    }

    @Test
    void hasNoRatioWithoutAPair() {
        results.add(Samples.of("20@0", Contender.RAW, 1, 1_000, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 2, 1_000, 1));

        assertThat(results.ratio(twenty, Contender.DISPATCHER, Contender.RAW, Sample::perSecond))
                .isEmpty();
        assertThat(results.figure(twenty, Contender.USUAL, Sample::perSecond)).isEmpty();
    }
}
