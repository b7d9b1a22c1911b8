package dev.hookswitch.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.report.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTableTest {
    private static final Measure MET = Measure.exactly("lost", 0, "deliveries", 0);
    private static final Measure MISSED = Measure.atMost("repeats", 3, "POSTs", 2);
    private static final Measure TOLD = Measure.informs("rate", 7, "deliveries/s");

    @Test
    void showsWhatHasAGoal() {
        assertThat(GoalTable.lines(List.of(MET, MISSED, TOLD)))
                .containsExactly("goal     value  goal  met", "lost     0.000   = 0  yes", "repeats  3.000  <= 2   NO");
    }

    @Test
    void oneMissedGoalIsEnough() {
        assertThat(GoalTable.allMet(List.of(MET, TOLD))).isTrue();
        assertThat(GoalTable.allMet(List.of(MET, MISSED))).isFalse();
    }
}
