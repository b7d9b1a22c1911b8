package dev.hookswitch.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private long nowNanos = -5;
    private final TimeLeft left = new TimeLeft(100, 40, () -> nowNanos);

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    @Test
    void isThatOfTheRestAtThePaceSoFar() {
        left.did(20);
        left.didStep(5);
        pass(Duration.ofSeconds(50));

        assertThat(left.prefix()).isEqualTo("[1/40, 2:30 left]");
    }

    @Test
    void isNoneWhenMoreWasDoneThanPlanned() {
        left.didStep(101);
        pass(Duration.ofSeconds(50));

        assertThat(left.prefix()).isEqualTo("[1/40, 0:00 left]");
    }
}
