package dev.hookswitch.benchmarks.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.books.Standing;
import dev.hookswitch.benchmarks.pace.Figures;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Usage NOTHING = new Usage(new MachineTime(0, 0, 0), Map.of());
    private static final PhaseFigures CALM = Figures.steady("calm", false, 30, 25);
    private static final PhaseFigures UNDISTURBED = Figures.steady("disturbed", true, 30, 25);
    private static final Audit GOOD = new Audit(300, 0, 0, 0, 0, 0, 0, 0, 0, 500, 100);

    private static Results.Played played(PhaseFigures calm, PhaseFigures disturbed) {
        Round round = new Round("round", calm.phase(), disturbed.phase(), NOTHING, NOTHING, NOTHING, 0, 0);
        return new Results.Played(round, calm, disturbed);
    }

    private static Results results(PhaseFigures shortOne, PhaseFigures longOne, Audit audit) {
        return new Results(
                List.of(played(CALM, shortOne), played(CALM, shortOne), played(CALM, shortOne)),
                played(CALM, longOne),
                played(CALM, CALM),
                audit,
                new Standing(0, 10, 90, 0));
    }

    /** Names of the goals that were missed. */
    private static Set<String> missed(Results results) {
        Set<String> missed = new TreeSet<>();
        for (Measure measure : Goals.measures(results)) {
            if (Boolean.FALSE.equals(measure.met())) {
                missed.add(measure.name());
            }
        }
        return missed;
    }

    @Test
    void allIsMetWhenNothingIsDisturbed() {
        assertThat(missed(results(UNDISTURBED, UNDISTURBED, GOOD))).isEmpty();
    }

    @Test
    void aP99OfAQuarterMoreIsAllowedAndNotMore() {
        assertThat(missed(results(UNDISTURBED, Figures.steady("d", true, 30, 31), GOOD)))
                .isEmpty();
        assertThat(missed(results(UNDISTURBED, Figures.steady("d", true, 30, 32), GOOD)))
                .containsExactly("long_p99_ratio");
        assertThat(missed(results(Figures.steady("d", true, 30, 32), UNDISTURBED, GOOD)))
                .containsExactly("pairs_p99_ratio");
    }

    /** What was stolen for the most part proves nothing, however good it looks. */
    @Test
    void aPhaseThatCannotBeJudgedMissesItsGoal() {
        assertThat(missed(results(UNDISTURBED, Figures.stolen("d", 30, 10, 25), GOOD)))
                .isEmpty();
        assertThat(missed(results(UNDISTURBED, Figures.stolen("d", 30, 11, 25), GOOD)))
                .containsExactly("long_judged");
        assertThat(missed(results(Figures.stolen("d", 30, 11, 40), UNDISTURBED, GOOD)))
                .containsExactly("pairs_judged");
        assertThat(missed(results(UNDISTURBED, Figures.stolen("d", 30, 30, 25), GOOD)))
                .containsExactly("long_judged");
    }

    @Test
    void aRateThatIsNotKeptMissesItsGoal() {
        PhaseFigures.Builder tenthMissing = Figures.builder("d", true, 30);
        for (int i = 0; i < 3_000; i++) {
            long late = i % 10 == 9 ? 60_000_000_000L : 25_000_000;
            tenthMissing.take(Figures.due(i), Figures.due(i) + late);
        }

        assertThat(missed(results(UNDISTURBED, tenthMissing.build(), GOOD)))
                .contains("long_rate_ratio", "long_p99_ratio", "first_second_rate_worst");
    }

    @Test
    void aFirstSecondThatIsHeldUpMissesItsGoalEvenIfItIsMadeUpFor() {
        PhaseFigures.Builder held = Figures.builder("d", true, 30);
        for (int i = 0; i < 3_000; i++) {
            // Every tenth of the first second comes in the next one: too few for the 99th percentile to be alone.
            long late = i < 100 && i % 10 == 0 ? 1_000_000_000L : 25_000_000;
            held.take(Figures.due(i), Figures.due(i) + late);
        }

        assertThat(missed(results(UNDISTURBED, held.build(), GOOD))).containsExactly("first_second_rate_worst");
    }

    @Test
    void everyLineOfTheBooksIsAGoal() {
        assertThat(missed(results(UNDISTURBED, UNDISTURBED, new Audit(300, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))))
                .containsExactlyInAnyOrder(
                        "lost",
                        "ended_twice",
                        "attempt_numbers_out_of_step",
                        "posts_without_an_attempt",
                        "attempts_without_a_post",
                        "strangers",
                        "healthy_not_delivered_at_first_attempt");
    }

    @Test
    void aPhaseIsComparedWithTheCalmBeforeAndAfterIt() {
        PhaseFigures slowCalm = Figures.steady("calm", false, 30, 40);
        Results drifting = new Results(
                List.of(played(CALM, Figures.steady("d", true, 30, 20))),
                played(slowCalm, Figures.steady("d", true, 30, 40)),
                played(slowCalm, slowCalm),
                GOOD,
                new Standing(0, 10, 90, 0));

        assertThat(missed(drifting)).isEmpty();
    }
}
