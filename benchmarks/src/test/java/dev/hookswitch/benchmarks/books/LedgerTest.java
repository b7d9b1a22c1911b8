package dev.hookswitch.benchmarks.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int BAD = 0;
    private static final int HEALTHY = 2;

    private final Ledger ledger = new Ledger(3, endpoint -> endpoint == HEALTHY);

    private static AttemptRow row(AttemptRow.Kind kind, int number, int endpoint, int attempt, long atMs) {
        return new AttemptRow(
                kind,
                "msg_" + number,
                "evt_" + number,
                "call.completed",
                "bench",
                "wh_0000" + endpoint,
                "standard",
                1,
                attempt,
                6,
                AttemptResult.TIMEOUT,
                null,
                AttemptRow.Decision.RETRY,
                "1s",
                atMs,
                0,
                false,
                0,
                0,
                number,
                0,
                number,
                "bench",
                null);
    }

    private void attempt(int number, int endpoint, int attempt, long atMs) {
        ledger.row(row(AttemptRow.Kind.ATTEMPT, number, endpoint, attempt, atMs), atMs);
    }

    private void deferral(int number, int endpoint, int attempt, long atMs) {
        ledger.row(row(AttemptRow.Kind.DEFERRAL, number, endpoint, attempt, atMs), atMs);
    }

    private void post(int number, int endpoint) {
        ledger.post(new Stamp(number, endpoint, 0));
    }

    private void outcome(int number, int endpoint, int attempts, OutcomeRow.Outcome outcome, long atMs) {
        ledger.outcome(new OutcomeRow(
                "msg_" + number,
                "evt_" + number,
                "call.completed",
                "bench",
                "wh_0000" + endpoint,
                "standard",
                outcome,
                "success",
                attempts,
                200,
                0,
                atMs,
                false,
                0,
                (long) number,
                0,
                number,
                null));
    }

    private void delivered(int number, int endpoint, long atMs) {
        attempt(number, endpoint, 1, atMs);
        post(number, endpoint);
        outcome(number, endpoint, 1, OutcomeRow.Outcome.DELIVERED, atMs);
    }

    @Test
    void aRunInWhichAllIsAsItShouldBe() {
        delivered(0, HEALTHY, 10);
        delivered(1, HEALTHY, 11);
        deferral(2, BAD, 1, 12);
        post(2, BAD);
        attempt(2, BAD, 1, 13);
        deferral(2, BAD, 2, 14);
        post(2, BAD);
        attempt(2, BAD, 2, 15);
        outcome(2, BAD, 2, OutcomeRow.Outcome.DELIVERED, 16);

        assertThat(ledger.audit()).isEqualTo(new Audit(3, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1));
    }

    @Test
    void whatHasNoOutcomeIsLost() {
        delivered(0, HEALTHY, 10);
        deferral(1, BAD, 1, 12);

        assertThat(ledger.audit().lost()).isEqualTo(2);
    }

    @Test
    void whatHasTwoOutcomesEndedTwice() {
        delivered(0, HEALTHY, 10);
        outcome(0, HEALTHY, 1, OutcomeRow.Outcome.DELIVERED, 11);

        assertThat(ledger.audit().endedTwice()).isEqualTo(1);
    }

    @Test
    void aDeferralThatSpentAnAttemptNumberIsOutOfStep() {
        deferral(0, BAD, 1, 10);
        attempt(0, BAD, 2, 11);

        assertThat(ledger.audit().outOfStep()).isEqualTo(1);
    }

    @Test
    void aDeferralOfAnAttemptThatWasMadeIsOutOfStep() {
        attempt(0, BAD, 1, 10);
        deferral(0, BAD, 1, 11);

        assertThat(ledger.audit().outOfStep()).isEqualTo(1);
    }

    @Test
    void anOutcomeThatCountsDeferralsAsAttemptsIsOutOfStep() {
        deferral(0, BAD, 1, 10);
        attempt(0, BAD, 1, 11);
        outcome(0, BAD, 2, OutcomeRow.Outcome.FAILED, 12);

        assertThat(ledger.audit().outOfStep()).isEqualTo(1);
    }

    @Test
    void anAttemptOfWhichTheReceiverSawNothingHasNoPost() {
        attempt(0, BAD, 1, 10);

        assertThat(ledger.audit().attemptsWithoutPost()).isEqualTo(1);
        assertThat(ledger.audit().postsWithoutAttempt()).isZero();
    }

    @Test
    void aPostOfWhichNoRowTellsHasNoAttempt() {
        post(0, BAD);
        deferral(0, BAD, 1, 10);

        assertThat(ledger.audit().postsWithoutAttempt()).isEqualTo(1);
    }

    @Test
    void onePostTooManyHereDoesNotMakeUpForOneTooFewThere() {
        post(0, BAD);
        attempt(1, BAD, 1, 10);

        assertThat(ledger.audit().postsWithoutAttempt()).isEqualTo(1);
        assertThat(ledger.audit().attemptsWithoutPost()).isEqualTo(1);
    }

    @Test
    void healthyEndpointsAreDeliveredToAtTheFirstAttemptOrItIsTold() {
        deferral(0, HEALTHY, 1, 9);
        attempt(0, HEALTHY, 1, 10);
        attempt(0, HEALTHY, 2, 11);
        outcome(0, HEALTHY, 2, OutcomeRow.Outcome.DELIVERED, 11);
        attempt(1, HEALTHY, 1, 10);
        outcome(1, HEALTHY, 1, OutcomeRow.Outcome.DISCARDED, 11);

        assertThat(ledger.audit().healthyTroubles()).isEqualTo(2);
        assertThat(ledger.audit().healthyDeferrals()).isEqualTo(1);
    }

    @Test
    void whatIsNoneOfTheRunIsAStranger() {
        delivered(3, HEALTHY, 10);

        assertThat(ledger.audit().strangers()).isEqualTo(3);
    }

    @Test
    void tellsHowTheBadOnesStoodAtAMoment() {
        Ledger more = new Ledger(6, endpoint -> endpoint == HEALTHY);
        // 0 healthy; 1 ended; 2 tried; 3 put off; 4 put off later; 5 beyond the range
        more.outcome(outcomeRow(0, HEALTHY, 50));
        more.outcome(outcomeRow(1, BAD, 50));
        more.row(row(AttemptRow.Kind.ATTEMPT, 2, BAD, 1, 60), 75);
        more.row(row(AttemptRow.Kind.DEFERRAL, 3, BAD, 1, 60), 60);
        more.row(row(AttemptRow.Kind.ATTEMPT, 3, BAD, 1, 130), 140);
        more.row(row(AttemptRow.Kind.DEFERRAL, 4, BAD, 1, 101), 101);
        more.row(row(AttemptRow.Kind.DEFERRAL, 5, BAD, 1, 10), 10);

        assertThat(more.standing(0, 5, 100)).isEqualTo(new Standing(1, 1, 1, 1));
    }

    private static OutcomeRow outcomeRow(int number, int endpoint, long atMs) {
        return new OutcomeRow(
                "msg_" + number,
                "evt_" + number,
                "call.completed",
                "bench",
                "wh_0000" + endpoint,
                "standard",
                OutcomeRow.Outcome.FAILED,
                "timeout",
                1,
                null,
                0,
                atMs,
                false,
                0,
                0L,
                0,
                0,
                null);
    }
}
