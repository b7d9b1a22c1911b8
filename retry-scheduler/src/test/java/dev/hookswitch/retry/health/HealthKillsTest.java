package dev.hookswitch.retry.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The random histories again, read by processes that are killed: what others read is what the model says, once. */
class HealthKillsTest {
    private static final int SEQUENCES = 1_000;
    private static final int ROWS = 60;
    private static final int LONGEST_RUN = 30;

    private final KillableHealth.Rig rig = new KillableHealth.Rig();

    /** Rows, and what is to be told of them. */
    private record Sequence(DisableRules rules, List<byte[]> rows, List<String> statuses, List<String> events) {
        static Sequence of(Random random, Counting counting) {
            DisableRule rule = History.randomRule(random, counting);
            History history = new History(rule, Duration.ZERO);
            List<byte[]> rows = new ArrayList<>();
            List<String> statuses = new ArrayList<>();
            String before = history.state();
            for (int i = 0; i < ROWS; i++) {
                rows.add(Wire.write(history.addRandom(random, Attempts.activation(1), 1 + i / 25)));
                String now = history.state();
                boolean stillWell = before.endsWith("healthy") && now.endsWith("healthy");
                if (!now.equals(before) && !stillWell) {
                    statuses.add(now);
                }
                before = now;
            }
            DisableRules rules = new DisableRules(Map.of("ringyo", rule), rule, Duration.ZERO);
            return new Sequence(rules, rows, statuses, history.events());
        }

        void check(KillableHealth health, String what) {
            assertThat(health.statuses().stream().map(EndpointHealth::of).map(HealthPolicySequencesTest::describe))
                    .as("statuses, %s", what)
                    .containsExactlyElementsOf(statuses);
            assertThat(health.events().stream().map(HealthPolicySequencesTest::describe))
                    .as("events, %s", what)
                    .containsExactlyElementsOf(events);
        }
    }

    @ParameterizedTest
    @EnumSource(Counting.class)
    void killsAfterAnyNumberOfRowsLoseAndRepeatNothing(Counting counting) {
        for (long seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            Sequence sequence = Sequence.of(random, counting);
            KillableHealth health = new KillableHealth(rig, sequence.rules(), sequence.rows());
            while (health.position() < ROWS) {
                health.live(random.nextInt(LONGEST_RUN), random.nextInt(LONGEST_RUN));
            }
            sequence.check(health, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Counting.class)
    void aKillBetweenAnyTwoRowsLosesAndRepeatsNothing(Counting counting) {
        for (long seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Sequence sequence = Sequence.of(random, counting);
            for (int killedAfter = 0; killedAfter <= ROWS; killedAfter++) {
                KillableHealth health = new KillableHealth(rig, sequence.rules(), sequence.rows());
                int committed = random.nextInt(killedAfter + 1);
                health.live(committed, killedAfter - committed);
                health.live(ROWS, 0);
                sequence.check(health, "seed " + seed + ", killed after " + killedAfter + " rows");
            }
        }
    }

    /** As after an operator set the offsets of the group back. Rows that changed nothing may be told of again. */
    @ParameterizedTest
    @EnumSource(Counting.class)
    void rowsThatAreReadAgainCountOnce(Counting counting) {
        for (long seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            Sequence sequence = Sequence.of(random, counting);
            KillableHealth health = new KillableHealth(rig, sequence.rules(), sequence.rows());
            for (int rewinds = 0; rewinds < 3; rewinds++) {
                health.live(random.nextInt(ROWS), 0);
                health.rewind(random.nextInt(ROWS));
            }
            health.live(ROWS, 0);

            Set<String> ids = new LinkedHashSet<>();
            health.events().removeIf(event -> !ids.add(event.id()));
            sequence.check(health, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Counting.class)
    void twoProcessesGiveTheSameIds(Counting counting) {
        Sequence sequence = Sequence.of(new Random(1), counting);
        KillableHealth first = new KillableHealth(rig, sequence.rules(), sequence.rows());
        KillableHealth second = new KillableHealth(rig, sequence.rules(), sequence.rows());
        first.live(ROWS, 0);
        second.live(ROWS / 2, 0);
        second.live(ROWS, 0);

        assertThat(first.events()).isNotEmpty().isEqualTo(second.events());
        assertThat(first.events()).extracting(EndpointEvent::id).doesNotHaveDuplicates();
    }
}
