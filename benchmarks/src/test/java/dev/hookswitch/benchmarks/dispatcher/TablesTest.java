package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void showsAContenderAndItsRatio() {
        Results results = new Results();
        results.add(Samples.of("20@0", Contender.RAW, 1, 40_000, 1.6));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 30_000, 1.5));

        assertThat(Tables.figures(results).lines())
                .anyMatch(line -> line.matches("20@0ms +raw +40,000 +25,000 +25,000-25,000 .*"));
        assertThat(Tables.ratios(results).lines())
                .anyMatch(line -> line.matches("20@0ms +dispatcher : raw, per CPU-s +0.80 +0.80 +0.80 +1"));
        assertThat(Picture.of(results))
                .startsWith("<svg")
                .contains("20 endpoints")
                .contains("0.80 x");
    }
}
