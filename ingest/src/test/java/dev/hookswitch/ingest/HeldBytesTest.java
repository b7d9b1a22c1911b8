package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldBytesTest {
    private final HeldBytes held = new HeldBytes(100);

    @Test
    void givesNoMoreThanThereIsAndTakesItBack() {
        HeldBytes.Hold most = held.tryHold(99).orElseThrow();
        assertThat(held.tryHold(2)).isEmpty();
        HeldBytes.Hold rest = held.tryHold(1).orElseThrow();
        assertThat(held.held()).isEqualTo(100);

        most.close();
        assertThat(held.tryHold(100)).isEmpty();
        rest.close();
        assertThat(held.held()).isZero();
        assertThat(held.tryHold(100)).isPresent();
    }

    @Test
    void bodyOfNothingTakesNothing() {
        Optional<HeldBytes.Hold> nothing = held.tryHold(0);

        assertThat(nothing).isPresent();
        assertThat(held.held()).isZero();
    }
}
