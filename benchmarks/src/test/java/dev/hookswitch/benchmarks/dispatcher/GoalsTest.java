package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.report.Measure;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private final Results results = new Results();

    private Map<String, Measure> goals() {
        return Goals.measures(results).stream()
                .filter(measure -> measure.goal() != null)
                .collect(Collectors.toMap(Measure::name, measure -> measure));
    }

    private static @Nullable Boolean met(@Nullable Measure measure) {
        return measure == null ? null : measure.met();
    }

    @Test
    void aRatioOfSixTenthsIsEnough() {
        results.add(Samples.of("1@0", Contender.RAW, 1, 1_000, 1));
        results.add(Samples.of("1@0", Contender.DISPATCHER, 1, 600, 1));
        results.add(Samples.of("20@0", Contender.RAW, 1, 1_000, 1));
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 599, 1));

        assertThat(met(goals().get("cpu_ratio_1_endpoints"))).isTrue();
        assertThat(met(goals().get("cpu_ratio_20_endpoints"))).isFalse();
    }

    @Test
    void manyEndpointsAreComparedWithFew() {
        results.add(Samples.of("20@0", Contender.DISPATCHER, 1, 1_000, 1));
        results.add(Samples.of("1000@0", Contender.DISPATCHER, 1, 790, 1));

        assertThat(met(goals().get("rate_ratio_1000_to_20_endpoints"))).isFalse();
    }

    @Test
    void theUsualAlternativeIsComparedAtTwentyMilliseconds() {
        results.add(Samples.of("100@20", Contender.DISPATCHER, 1, 15_000, 1));
        results.add(Samples.of("100@20", Contender.USUAL, 1, 300, 1));

        assertThat(met(goals().get("rate_ratio_to_usual_20ms"))).isTrue();
    }

    @Test
    void whatWasNotRunHasNoGoal() {
        results.add(Samples.of("100@0", Contender.RAW, 1, 1_000, 1));

        assertThat(goals()).containsOnlyKeys("receiver_cores_max", "outcomes_unaccounted");
    }
}
