package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
    private static final long SLOW_NANOS = InFlight.SLOW_AFTER.toNanos();

    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);
    private final InFlight inFlight = new InFlight(8, 4);

    private Work start(boolean due, long nowNanos) {
        Work work = Samples.work(tracker, due);
        work.started(nowNanos, 0);
        inFlight.start(work);
        return work;
    }

    @Test
    void eachKindTakesThreeQuartersAtTheMost() {
        for (int i = 0; i < 6; i++) {
            assertThat(inFlight.hasRoom(false)).isTrue();
            start(false, 0);
        }
        assertThat(inFlight.hasRoom(false)).isFalse();
        assertThat(inFlight.hasRoom(true)).isTrue();
        start(true, 0);
        start(true, 0);
        assertThat(inFlight.hasRoom(true)).as("full").isFalse();
    }

    @Test
    void slowOnesLeaveTheirPlaces() {
        for (int i = 0; i < 4; i++) {
            start(false, 0);
        }
        inFlight.passTime(SLOW_NANOS);
        for (int i = 0; i < 6; i++) {
            assertThat(inFlight.hasRoom(false)).isTrue();
            start(false, SLOW_NANOS);
        }
        assertThat(inFlight.hasRoom(false)).isFalse();
        assertThat(inFlight.size()).isEqualTo(10);
    }

    @Test
    void tooManySlowOnesTakeUpPlacesAgain() {
        for (int i = 0; i < 6; i++) {
            start(false, 0);
        }
        inFlight.passTime(SLOW_NANOS);
        int more = 0;
        while (inFlight.hasRoom(false)) {
            start(false, SLOW_NANOS);
            more++;
        }
        assertThat(more).as("three quarters of 8 less 2").isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsAreRightWhateverEndsWhen(long seed) {
        Random random = new Random(seed);
        List<Work> running = new ArrayList<>();
        long nowNanos = 0;
        for (int step = 0; step < 5_000; step++) {
            nowNanos += random.nextInt((int) (SLOW_NANOS / 3));
            inFlight.passTime(nowNanos);
            boolean due = random.nextBoolean();
            if (random.nextInt(3) > 0 && inFlight.hasRoom(due)) {
                running.add(start(due, nowNanos));
            } else if (!running.isEmpty()) {
                inFlight.end(running.remove(random.nextInt(running.size())));
            }
            long now = nowNanos;
            long quick = running.stream()
                    .filter(work -> now - work.startedAtNanos() < SLOW_NANOS)
                    .count();
            long extraSlow = Math.max(0, running.size() - quick - 4);
            assertThat(inFlight.size()).isEqualTo(running.size());
            assertThat(inFlight.hasRoom(false) || inFlight.hasRoom(true))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(quick < 8 - extraSlow && roomForOneKind(running, now, 8 - extraSlow));
        }
        inFlight.clear();
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.hasRoom(true)).isTrue();
    }

    private static boolean roomForOneKind(List<Work> running, long nowNanos, long places) {
        long due = running.stream()
                .filter(work -> work.due() && nowNanos - work.startedAtNanos() < SLOW_NANOS)
                .count();
        long fresh = running.stream()
                .filter(work -> !work.due() && nowNanos - work.startedAtNanos() < SLOW_NANOS)
                .count();
        long most = Math.max(1, places * 3 / 4);
        return due < most || fresh < most;
    }
}
