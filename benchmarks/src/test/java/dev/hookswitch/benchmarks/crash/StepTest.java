package dev.hookswitch.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
    private static List<Step> plan(long seed) {
        return Step.plan(new Options(30, 10, 3, 2, seed, 50, 6, 1));
    }

    @Test
    void makesEveryFaultAsOftenAsAsked() {
        List<Fault> faults = plan(1).stream().map(Step::fault).toList();

        assertThat(faults).hasSize(45);
        assertThat(Collections.frequency(faults, Fault.KILL)).isEqualTo(30);
        assertThat(Collections.frequency(faults, Fault.TERM)).isEqualTo(10);
        assertThat(Collections.frequency(faults, Fault.ZOMBIE)).isEqualTo(3);
        assertThat(Collections.frequency(faults, Fault.TWIN)).isEqualTo(2);
    }

    @Test
    void theSeedDecidesOrderAndMoments() {
        assertThat(plan(1)).isEqualTo(plan(1)).isNotEqualTo(plan(2));
        assertThat(plan(1))
                .allMatch(step -> step.after().compareTo(Duration.ofMillis(50)) >= 0
                        && step.after().compareTo(Duration.ofMillis(4_000)) < 0);
    }

    @Test
    void nothingHappensLessThanNever() {
        assertThatThrownBy(() -> new Options(-1, 0, 0, 0, 1, 50, 6, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
