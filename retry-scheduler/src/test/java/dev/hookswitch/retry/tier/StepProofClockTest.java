package dev.hookswitch.retry.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepProofClockTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration DELAY = Duration.ofMinutes(2);

    private final ManualClock wall = new ManualClock(START);
    private long nanos = 77;
    /** What passes between two readings of the clock that is never set. */
    private long heldUpNanos;

    private final StepProofClock clock = new StepProofClock(wall, this::nanoTime, DELAY);

    private long nanoTime() {
        nanos += heldUpNanos;
        return nanos;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall.advance(time);
    }

    private void set(Duration step) {
        wall.advance(step);
    }

    @Test
    void isTheWallClockWhileThatIsNotSet() {
        assertThat(clock.instant()).isEqualTo(START);
        pass(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
    }

    @Test
    void afterAStepAheadGoesOnByTheOldReckoningForAsLongAsSomethingCanWaitByIt() {
        set(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(START);
        pass(DELAY);
        assertThat(clock.instant()).isEqualTo(START.plus(DELAY));

        pass(Duration.ofMillis(1));

        assertThat(clock.instant()).isEqualTo(START.plus(DELAY).plusMillis(1).plus(Duration.ofHours(1)));
    }

    @Test
    void afterAStepBackGoesByTheNewReckoningAtOnce() {
        pass(Duration.ofMinutes(1));
        set(Duration.ofSeconds(-30));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void aStepThatIsTakenBackLeavesNothing() {
        set(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(START);
        pass(Duration.ofSeconds(10));
        set(Duration.ofHours(-1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void smallJitterIsNoStep() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(10));
            set(Duration.ofMillis(i % 2 == 0 ? 4 : -4));
            assertThat(clock.instant()).isEqualTo(wall.instant());
        }
    }

    @Test
    void aThreadThatIsHeldUpBetweenBothClocksSeesNoStep() {
        pass(Duration.ofSeconds(1));
        heldUpNanos = Duration.ofMillis(40).toNanos();
        wall.advance(Duration.ofMillis(40));
        assertThat(clock.instant()).isBeforeOrEqualTo(wall.instant());

        heldUpNanos = 0;
        wall.set(START.plusNanos(nanos - 77));

        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void aStepIsNotBelievedWhileTheThreadIsHeldUp() {
        heldUpNanos = Duration.ofMillis(40).toNanos();
        set(Duration.ofHours(1));

        assertThat(clock.instant()).isBefore(START.plusSeconds(1));
    }

    /** The clock may do what it wants: a record is released when it has waited, and on time unless the clock went back. */
    @Test
    void nothingIsEarlyOverRandomSteps() {
        for (long seed = 0; seed < 50; seed++) {
            new Course(seed).run();
        }
    }

    /** Records are parked and released while the clock is set now and then; real time is known here. */
    private static final class Course {
        private final long seed;
        private final Random random;
        private final ManualClock wall = new ManualClock(START);
        private final List<Parked> parked = new ArrayList<>();
        private final StepProofClock clock;
        private long realMs;
        private boolean setBack;

        private record Parked(long realMs, long timestampMs) {}

        Course(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.clock = new StepProofClock(wall, () -> realMs * 1_000_000, DELAY);
        }

        void run() {
            for (int i = 0; i < 400; i++) {
                pass(random.nextInt(3_000));
                parked.add(new Parked(realMs, wall.millis()));
                if (random.nextInt(40) == 0) {
                    int step = random.nextInt(400_000) - 200_000;
                    setBack |= step < 0;
                    wall.advance(Duration.ofMillis(step));
                }
                release();
            }
        }

        private void pass(long ms) {
            realMs += ms;
            wall.advance(Duration.ofMillis(ms));
        }

        private void release() {
            long now = clock.millis();
            parked.removeIf(one -> {
                boolean due = one.timestampMs() + DELAY.toMillis() <= now;
                long waitedMs = realMs - one.realMs();
                if (due) {
                    assertThat(waitedMs).as("seed %s", seed).isGreaterThanOrEqualTo(DELAY.toMillis());
                } else if (!setBack) {
                    assertThat(waitedMs).as("seed %s", seed).isLessThan(DELAY.toMillis() + 1);
                }
                return due;
            });
        }
    }
}
