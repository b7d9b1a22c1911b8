package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StolenTimeTest {
    private static final long MS = 1_000_000L;
    private static final long ORIGIN_MS = -500;

    private long nanos = ORIGIN_MS * MS;
    private MachineTime machine = new MachineTime(0, 0, 0);
    private final StolenTime stolen = new StolenTime(() -> machine, () -> nanos);

    @AfterEach
    void close() {
        stolen.close();
    }

    /** Until so long after the origin nothing is taken, but for one tick before a certain mark. */
    private void markEvery20Ms(int untilMs, int tickBeforeMs) {
        for (long at = ORIGIN_MS; at <= ORIGIN_MS + untilMs; at += 20) {
            nanos = at * MS;
            machine = new MachineTime(0, at >= ORIGIN_MS + tickBeforeMs ? 1 : 0, at);
            stolen.mark();
        }
    }

    private boolean isOurs(int ms) {
        return stolen.isOurs((ORIGIN_MS + ms) * MS);
    }

    @Test
    void aTickSpoilsWhatWasDueAHundredMillisecondsAroundIt() {
        markEvery20Ms(2_000, 1_000);

        assertThat(isOurs(880)).isTrue();
        assertThat(isOurs(881)).isFalse();
        assertThat(isOurs(1_000)).isFalse();
        assertThat(isOurs(1_099)).isFalse();
        assertThat(isOurs(1_100)).isTrue();
    }

    @Test
    void whatWasNotMarkedIsNotKnown() {
        assertThat(isOurs(0)).isFalse();
        markEvery20Ms(1_000, 5_000);

        assertThat(isOurs(99)).isFalse();
        assertThat(isOurs(100)).isTrue();
        assertThat(isOurs(900)).isTrue();
        assertThat(isOurs(901)).isFalse();
    }

    /** Other platforms do not tell: there is nothing to go by. */
    @Test
    void aMachineThatTellsNothingIsOurs() {
        markEvery20Ms(1_000, 5_000);
        assertThat(isOurs(500)).isTrue();
    }
}
