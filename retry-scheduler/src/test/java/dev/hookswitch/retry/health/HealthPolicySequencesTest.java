package dev.hookswitch.retry.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Long random histories, compared with a model that counts the whole history anew. */
class HealthPolicySequencesTest {
    private static final int SEQUENCES = 1_000;
    private static final int ROWS = 60;
    private static final Attempts ENDPOINT = Attempts.activation(1);

    /** Both units, without a minimum time of failing and with one that about half of the runs reach. */
    static Stream<Arguments> rules() {
        return Stream.of(Counting.values())
                .flatMap(counting -> Stream.of(Duration.ZERO, Duration.ofMinutes(1))
                        .map(minimum -> Arguments.of(counting, minimum)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void randomHistoriesComeToTheStateThatCountingThemAnewGives(Counting counting, Duration minimum) {
        int disabled = 0;
        for (long seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            DisableRule rule = History.randomRule(random, counting);
            History history = new History(rule, minimum);
            EndpointHealth state = null;
            for (int i = 0; i < ROWS; i++) {
                AttemptRow row = history.addRandom(random, ENDPOINT, 1 + i / 25);
                EndpointHealth before = state;
                state = HealthPolicy.next(before, row, rule, minimum)
                        .map(Transition::to)
                        .orElse(before);
                assertThat(describe(state))
                        .as("seed %d, row %d %s, rule %s", seed, i, row, rule)
                        .isEqualTo(history.state());
            }
            disabled += state instanceof Disabled ? 1 : 0;
        }
        assertThat(disabled).as("sequences that end disabled").isBetween(SEQUENCES / 20, SEQUENCES - SEQUENCES / 20);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void randomHistoriesTellTheEventsThatCountingThemAnewGives(Counting counting, Duration minimum) {
        Set<String> types = new HashSet<>();
        for (long seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            DisableRule rule = History.randomRule(random, counting);
            History history = new History(rule, minimum);
            List<EndpointEvent> told = new ArrayList<>();
            EndpointHealth state = null;
            for (int i = 0; i < ROWS; i++) {
                AttemptRow row = history.addRandom(random, ENDPOINT, 1 + i / 25);
                Transition change = HealthPolicy.next(state, row, rule, minimum).orElse(null);
                told.addAll(EndpointEvents.of(change, row, rule));
                state = change == null ? state : change.to();
            }
            assertThat(told)
                    .as("seed %d, rule %s", seed, rule)
                    .extracting(HealthPolicySequencesTest::describe)
                    .isEqualTo(history.events());
            told.forEach(event -> types.add(event.type().wireName()));
        }
        assertThat(types).as("types that were told at all").hasSize(EndpointEvent.Type.values().length - 1);
    }

    static String describe(EndpointEvent event) {
        String percent = event.percent() == null ? "" : " " + event.percent();
        return event.type().wireName() + percent + " at " + event.occurredAtMs();
    }

    static String describe(@Nullable EndpointHealth state) {
        if (state instanceof Disabled disabled) {
            return disabled.activation() + " disabled " + disabled.reason() + " " + disabled.consecutiveFailures();
        }
        if (state instanceof Failing failing) {
            return failing.activation() + " failing " + failing.consecutiveFailures();
        }
        return (state == null ? 0 : state.activation()) + " healthy";
    }
}
