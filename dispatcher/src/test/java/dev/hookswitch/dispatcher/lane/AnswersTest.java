package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final long MS = 1_000_000;

    private final Answers answers = new Answers(0);

    @Test
    void theFirstAnswerIsBelieved() {
        answers.inTime(300 * MS, 300 * MS);
        assertThat(answers.meanNanos()).isEqualTo(300 * MS);
        answers.inTime(460 * MS, 900 * MS);
        assertThat(answers.meanNanos()).isEqualTo(310 * MS);
    }

    @Test
    void theFirstAnswerAfterAnOutageIsBelieved() {
        answers.inTime(20 * MS, 20 * MS);
        for (int i = 0; i < 100; i++) {
            answers.missed(5_000 * MS);
        }
        assertThat(answers.meanNanos()).isGreaterThan(4_000 * MS);
        answers.inTime(40 * MS, 500_000 * MS);
        assertThat(answers.meanNanos()).isEqualTo(40 * MS);
    }

    @Test
    void isSilentWhenNoAnswerComesAlthoughOneShould() {
        answers.inTime(100 * MS, 1_000 * MS);
        assertThat(answers.isSilent(true, 1_200 * MS)).isFalse();
        assertThat(answers.isSilent(true, 1_201 * MS)).isTrue();
        assertThat(answers.isSilent(false, 9_000 * MS)).as("nothing was asked").isFalse();
        answers.awaited(9_000 * MS);
        assertThat(answers.isSilent(true, 9_200 * MS)).isFalse();
    }

    @Test
    void silenceLastsFromTheLastAnswerToTheNext() {
        answers.inTime(100 * MS, 1_000 * MS);
        answers.missed(5_000 * MS);
        answers.awaited(8_000 * MS);
        assertThat(answers.isSilent(false, 8_000 * MS)).isTrue();
        assertThat(answers.silentNanos(8_000 * MS)).isEqualTo(7_000 * MS);
        answers.inTime(100 * MS, 9_000 * MS);
        assertThat(answers.isSilent(true, 9_000 * MS)).isFalse();
    }

    @Test
    void isAtEaseUntilItTakesTwiceAsLongAsItsQuickest() {
        assertThat(answers.isAtEase()).isTrue();
        answers.inTime(100 * MS, 0);
        assertThat(answers.isSlower(200 * MS)).isFalse();
        assertThat(answers.isSlower(202 * MS)).isTrue();
        for (int i = 0; i < 100; i++) {
            answers.inTime(300 * MS, 0);
        }
        assertThat(answers.isAtEase()).isFalse();
    }

    @Test
    void isNotAtEaseWhileDeadlinesPass() {
        answers.inTime(100 * MS, 0);
        answers.missed(100 * MS);
        assertThat(answers.isAtEase()).isFalse();
    }
}
