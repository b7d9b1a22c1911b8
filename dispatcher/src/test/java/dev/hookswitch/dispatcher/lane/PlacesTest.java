package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final int MOST = 32;
    private static final long MS = 1_000_000;
    private static final long DEADLINE = 5_000 * MS;

    private final Answers answers = new Answers(0);
    private final Places places = new Places(MOST, 0);
    private long now;

    @Test
    void beginWithAFew() {
        assertThat(places.now()).isEqualTo(8);
        assertThat(new Places(1, 0).now()).isEqualTo(1);
    }

    @Test
    void doubleInEachRoundWhileAnswersStayAsQuick() {
        rounds(1, 300 * MS);
        assertThat(places.now()).isEqualTo(16);
        rounds(1, 300 * MS);
        assertThat(places.now()).isEqualTo(MOST);
        rounds(3, 300 * MS);
        assertThat(places.now()).isEqualTo(MOST);
    }

    @Test
    void growByOneInARoundOnceAnswersAreSlower() {
        rounds(1, 100 * MS);
        assertThat(places.now()).isEqualTo(16);
        rounds(1, 300 * MS);
        assertThat(places.now()).isBetween(16, 17);
        rounds(3, 300 * MS);
        assertThat(places.now()).isBetween(19, 20);
    }

    @Test
    void shrinkBeforeTheDeadlineIsReached() {
        rounds(2, 100 * MS);
        rounds(4, DEADLINE / 2 + MS);
        assertThat(places.now()).isBetween(26, 28);
    }

    /** An endpoint that always takes long is not a slow one: it has all the places. */
    @Test
    void growAlthoughEveryAnswerTakesLong() {
        rounds(5, DEADLINE * 9 / 10);
        assertThat(places.now()).isEqualTo(MOST);
    }

    @Test
    void halveOnceForAllThatWereInFlightTogether() {
        rounds(5, 20 * MS);
        long begun = now;
        now += DEADLINE;
        for (int i = 0; i < MOST; i++) {
            missed(begun);
        }
        assertThat(places.now()).isEqualTo(MOST / 2);
        for (int round = 0; round < 6; round++) {
            begun = now;
            now += DEADLINE;
            missed(begun);
        }
        assertThat(places.now()).isEqualTo(1);
    }

    @Test
    void thatNobodyUsesDoNotGrow() {
        for (int i = 0; i < 100; i++) {
            answered(20 * MS, 3);
        }
        assertThat(places.now()).isEqualTo(8);
    }

    @Test
    void comeBackQuicklyAfterAnOutage() {
        rounds(5, 20 * MS);
        for (int round = 0; round < 8; round++) {
            long begun = now;
            now += DEADLINE;
            missed(begun);
        }
        assertThat(places.now()).isEqualTo(1);
        assertThat(places.soon(answers)).isEqualTo(1);
        rounds(1, 20 * MS);
        assertThat(places.soon(answers)).isEqualTo(MOST);
        rounds(4, 20 * MS);
        assertThat(places.now()).isEqualTo(MOST);
    }

    /** So often all places are used and every POST is answered after this time. */
    private void rounds(int count, long tookNanos) {
        for (int round = 0; round < count; round++) {
            now += tookNanos;
            int inFlight = places.now();
            for (int i = 0; i < inFlight; i++) {
                answered(tookNanos, inFlight);
            }
        }
    }

    private void answered(long tookNanos, int inFlight) {
        answers.inTime(tookNanos, now);
        places.inTime(tookNanos, DEADLINE, answers, inFlight);
    }

    private void missed(long begunNanos) {
        answers.missed(DEADLINE);
        places.missed(begunNanos, now);
    }
}
