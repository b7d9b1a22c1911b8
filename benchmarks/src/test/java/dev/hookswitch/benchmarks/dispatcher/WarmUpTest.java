package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final WarmUp warmUp = new WarmUp(Duration.ofSeconds(4), Duration.ofSeconds(9));

    private void stretch(int seconds, int jitMillis) {
        warmUp.undisturbed(Duration.ofSeconds(seconds), Duration.ofMillis(jitMillis));
    }

    @Test
    void isOverWhenTheCompilerHasSettledAndNotBeforeTheLeast() {
        stretch(2, 0);
        assertThat(warmUp.isOver()).isFalse();
        stretch(2, 200);
        assertThat(warmUp.isOver()).isFalse();
        stretch(2, 199);

        assertThat(warmUp.isOver()).isTrue();
        assertThat(warmUp.hasSettled()).isTrue();
        assertThat(warmUp.loaded()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void isOverAfterTheMostEvenWhenTheCompilerIsBusy() {
        stretch(2, 2_000);
        warmUp.disturbed(Duration.ofSeconds(5));
        assertThat(warmUp.isOver()).isFalse();
        stretch(2, 2_000);

        assertThat(warmUp.isOver()).isTrue();
        assertThat(warmUp.hasSettled()).isFalse();
    }

    @Test
    void disturbedOrShortStretchesTellNothingAboutTheCompiler() {
        stretch(5, 2_000);
        warmUp.disturbed(Duration.ofSeconds(1));
        warmUp.undisturbed(Duration.ofMillis(999), Duration.ZERO);

        assertThat(warmUp.isOver()).isFalse();
    }
}
