package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StolenTimeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int TICKS = 200;

    private long nanos = 5 * SECOND;
    private MachineTime machine = new MachineTime(0, 0, 0);
    private final StolenTime stolen = new StolenTime(() -> machine, () -> nanos);

    @AfterEach
    void close() {
        stolen.close();
    }

    /** A second passes in which so many ticks are taken. */
    private void second(int ticks) {
        nanos += SECOND;
        machine = new MachineTime(machine.busy(), machine.stolen() + ticks, machine.all() + TICKS);
        stolen.mark();
    }

    @Test
    void aSecondIsOursUnlessMoreThanTwoInAHundredWereTaken() {
        stolen.mark();
        second(4);
        second(5);
        second(0);

        assertThat(stolen.isOurs(5 * SECOND, 6 * SECOND)).isTrue();
        assertThat(stolen.isOurs(6 * SECOND + 1, 6 * SECOND + 2)).isFalse();
        assertThat(stolen.isOurs(7 * SECOND + 1, 8 * SECOND)).isTrue();
    }

    @Test
    void aTimeThatTouchesOneThatWasTakenIsNotOurs() {
        stolen.mark();
        second(0);
        second(100);
        second(0);

        assertThat(stolen.isOurs(5 * SECOND + 500, 6 * SECOND + 500)).isFalse();
        assertThat(stolen.isOurs(5 * SECOND, 8 * SECOND)).isFalse();
    }

    @Test
    void whatWasNotMarkedIsNotKnown() {
        assertThat(stolen.isOurs(5 * SECOND, 6 * SECOND)).isFalse();
        stolen.mark();
        second(0);
        assertThat(stolen.isOurs(7 * SECOND, 8 * SECOND)).isFalse();
    }

    /** Other platforms do not tell. */
    @Test
    void aMachineThatTellsNothingIsOurs() {
        stolen.mark();
        nanos += SECOND;
        stolen.mark();
        assertThat(stolen.isOurs(5 * SECOND, 6 * SECOND)).isTrue();
    }
}
