package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    @Test
    void readsEndpointsDelayAndLimit() {
        assertThat(Scenario.parse("1000@0")).isEqualTo(new Scenario(1_000, Duration.ZERO, 512));
        assertThat(Scenario.parse("100@20/2048")).isEqualTo(new Scenario(100, Duration.ofMillis(20), 2_048));
        assertThat(Scenario.parse("100@20/2048").label()).isEqualTo("100@20ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "20@", "@0", "20@0/", "-1@0", "20@0ms", "x@y"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Scenario.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ENDPOINTS@DELAY_MS");
    }

    @Test
    void knowsWhatTheDispatcherHasInFlight() {
        assertThat(Scenario.parse("1@0").inFlight(1, 32)).isEqualTo(32);
        assertThat(Scenario.parse("1@0").inFlight(4, 32)).isEqualTo(32);
        assertThat(Scenario.parse("20@0").inFlight(1, 32)).isEqualTo(384);
        assertThat(Scenario.parse("1000@0").inFlight(2, 32)).isEqualTo(768);
    }
}
