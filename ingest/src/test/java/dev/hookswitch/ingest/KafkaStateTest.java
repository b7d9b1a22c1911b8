package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.service.Health;
import dev.hookswitch.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KafkaStateTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-15T14:30:00Z"));
    private final KafkaState state = new KafkaState(clock);

    @Test
    void isUpUntilShownOtherwise() {
        assertThat(state.health()).isEqualTo(Health.UP);
    }

    @Test
    void passingFailureMakesUnreadyButNotDead() {
        state.failed("TimeoutException", false);

        assertThat(state.health().ready()).isFalse();
        assertThat(state.health().alive()).isTrue();
        assertThat(state.health().detail()).contains("TimeoutException");
    }

    @Test
    void lastingFailureMakesDead() {
        state.failed("ClusterAuthorizationException", true);

        assertThat(state.health().alive()).isFalse();
    }

    @Test
    void acknowledgementEndsFailureAtOnce() {
        state.failed("TimeoutException", false);
        state.acknowledged();

        assertThat(state.health()).isEqualTo(Health.UP);
    }

    @Test
    void failureIsForgottenSoThatRequestsComeAgain() {
        state.failed("TimeoutException", false);
        clock.advance(KafkaState.FAILURE_COUNTS_FOR);
        assertThat(state.health().ready()).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(state.health()).isEqualTo(Health.UP);
    }

    @Test
    void tellsFirstFailureFromTheNext() {
        assertThat(state.failed("TimeoutException", false)).isTrue();
        assertThat(state.failed("TimeoutException", false)).isFalse();
        state.acknowledged();
        assertThat(state.failed("TimeoutException", false)).isTrue();
    }
}
