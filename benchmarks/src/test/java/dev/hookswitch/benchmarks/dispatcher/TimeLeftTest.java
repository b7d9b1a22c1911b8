package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private final TimeLeft left = new TimeLeft(100);

    @Test
    void isThatOfTheRestAtThePaceSoFar() {
        left.did(20);
        left.did(5);

        assertThat(left.after(Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void isNoneWhenMoreWasDoneThanPlanned() {
        left.did(101);

        assertThat(left.after(Duration.ofSeconds(50))).isZero();
    }
}
