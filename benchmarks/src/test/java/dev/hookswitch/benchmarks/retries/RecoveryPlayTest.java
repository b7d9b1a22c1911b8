package dev.hookswitch.benchmarks.retries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.recovery.RecoveryFindings;
import dev.hookswitch.benchmarks.recovery.RecoveryTrial;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryPlayTest {
    private static final RecoveryTrial.Plan PLAN = new RecoveryTrial.Plan(1_000, 500, 200, 4, Map.of());

    @Test
    void allGoalsAreMetWhenEachIsPutOnceMore() {
        assertThat(unmet(new RecoveryFindings(1_000, List.of(300L, 700L), 1_000, 1_000, 0, 0, 10)))
                .isEmpty();
    }

    @Test
    void whatIsMissingOrTwiceOrNotInterruptedIsAGoalThatIsNotMet() {
        assertThat(unmet(new RecoveryFindings(1_000, List.of(300L, 700L), 1_000, 999, 1, 0, 10)))
                .containsExactly("recovery_posts", "recovery_missing");
        assertThat(unmet(new RecoveryFindings(1_000, List.of(300L, 700L), 1_001, 1_001, 0, 1, 10)))
                .containsExactly("recovery_put", "recovery_posts", "recovery_twice");
        assertThat(unmet(new RecoveryFindings(1_000, List.of(300L, 1_000L), 1_000, 1_000, 0, 0, 10)))
                .containsExactly("recovery_interrupted");
    }

    @Test
    void theReportSaysThatItsRateIsNotTheDefault() {
        Chapter chapter =
                RecoveryPlay.chapter(PLAN, new RecoveryFindings(1_000, List.of(300L, 700L), 1_000, 1_000, 0, 0, 10));

        assertThat(chapter.markdown())
                .contains("**200 per second**")
                .containsPattern("`recovery.per-second`,\\s+is 50")
                .contains("put before kill 2");
    }

    @Test
    void aPlanNamesTheOptionThatIsWrong() {
        assertThatThrownBy(() -> new RecoveryTrial.Plan(99, 500, 200, 4, Map.of()))
                .hasMessage("recovered must be from 100 to 1000000, was: 99");
        assertThatThrownBy(() -> new RecoveryTrial.Plan(100, 500, 0, 4, Map.of()))
                .hasMessage("recovery-rate must be from 1 to 100000, was: 0.0");
    }

    private static List<String> unmet(RecoveryFindings findings) {
        return RecoveryPlay.chapter(PLAN, findings).measures().stream()
                .filter(measure -> Boolean.FALSE.equals(measure.met()))
                .map(Measure::name)
                .toList();
    }
}
