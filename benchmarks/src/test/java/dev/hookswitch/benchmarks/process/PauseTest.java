package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {
    @Test
    void isNotOverBeforeItsTime() throws InterruptedException {
        long untilNanos = System.nanoTime() + Duration.ofMillis(20).toNanos();

        Pause.until(untilNanos);

        assertThat(System.nanoTime() - untilNanos).isNotNegative();
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Pause.of(Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
