package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.console.log.HistoryCodec.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");
    private static final LogRows ROWS = LogRows.of(new EndpointId("acme", "wh_1"), "evt_1", NOW);

    private static UnaryOperator<@Nullable History> attempt(AttemptRow row) {
        Waiting waiting = row.nextTier() == null
                ? null
                : new Waiting(
                        row.kind() == AttemptRow.Kind.DEFERRAL ? row.attempt() : row.attempt() + 1,
                        row.nextTier(),
                        row.startedAtMs(),
                        row.kind() == AttemptRow.Kind.DEFERRAL);
        return before -> History.with(before, row, waiting);
    }

    private static UnaryOperator<@Nullable History> outcome(LogRows rows, Outcome outcome, long offset) {
        return before -> History.with(before, rows.outcome(outcome, NOW.plusSeconds(offset)), offset);
    }

    /** Two recoveries and a first run, put off in between. */
    private static List<UnaryOperator<@Nullable History>> attempts() {
        LogRows second = ROWS.recovered("rec_1");
        LogRows third = ROWS.recovered("rec_2");
        return List.of(
                attempt(ROWS.putOff(1, NOW)),
                attempt(ROWS.retried(1, NOW.plusSeconds(1))),
                attempt(ROWS.exhausted(2, NOW.plusSeconds(2))),
                attempt(second.retried(1, NOW.plusSeconds(3))),
                attempt(third.retried(1, NOW.plusSeconds(4))),
                attempt(third.putOff(2, NOW.plusSeconds(5))),
                attempt(third.delivered(2, NOW.plusSeconds(6))));
    }

    private static List<UnaryOperator<@Nullable History>> outcomes() {
        return List.of(
                outcome(ROWS, Outcome.FAILED, 10),
                outcome(ROWS.recovered("rec_1"), Outcome.DISCARDED, 11),
                outcome(ROWS.recovered("rec_2"), Outcome.DELIVERED, 12));
    }

    private static LoggedDelivery shown(List<UnaryOperator<@Nullable History>> rows) {
        History history = null;
        for (UnaryOperator<@Nullable History> row : rows) {
            history = row.apply(history);
        }
        assertThat(history).isNotNull();
        return Standing.show(ROWS.endpoint(), ROWS.id(), history);
    }

    @Test
    void comesToTheSameInWhateverOrderTheTwoTopicsAreReadAndHoweverOften() {
        List<UnaryOperator<@Nullable History>> inOrder = new ArrayList<>(attempts());
        inOrder.addAll(outcomes());
        LoggedDelivery expected = shown(inOrder);
        assertThat(expected.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(expected.attempts()).hasSize(5);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<UnaryOperator<@Nullable History>> mixed = new ArrayList<>();
            int attempts = 0;
            int outcomes = 0;
            while (attempts < attempts().size() || outcomes < outcomes().size()) {
                boolean takeAttempt =
                        outcomes == outcomes().size() || (attempts < attempts().size() && random.nextBoolean());
                mixed.add(takeAttempt ? attempts().get(attempts++) : outcomes().get(outcomes++));
            }
            assertThat(shown(mixed)).as("seed %d", seed).isEqualTo(expected);
            mixed.addAll(List.copyOf(mixed));
            assertThat(shown(mixed)).as("twice, seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void anOldRowThatComesAgainDoesNotTurnBackWhatIsWaitedFor() {
        LoggedDelivery shown = shown(List.of(
                attempt(ROWS.retried(1, NOW)),
                attempt(ROWS.retried(2, NOW.plusSeconds(9))),
                attempt(ROWS.retried(1, NOW)),
                attempt(ROWS.putOff(2, NOW))));

        assertThat(shown.waiting())
                .isEqualTo(new Waiting(3, "30s", NOW.plusSeconds(9).toEpochMilli(), false));
    }

    @Test
    void keepsTheSameOnDisk() {
        List<UnaryOperator<@Nullable History>> all = new ArrayList<>(attempts());
        all.addAll(outcomes());
        History history = null;
        for (UnaryOperator<@Nullable History> row : all) {
            history = row.apply(history);
            assertThat(history).isNotNull();
            Head head = Head.of(history);
            byte[] bytes = HistoryCodec.write(history, head);
            assertThat(HistoryCodec.read(bytes)).isEqualTo(history);
            assertThat(HistoryCodec.readHead(bytes)).isEqualTo(head);
        }
    }

    /** A thousand retries by hand, one after the other. */
    private static List<UnaryOperator<@Nullable History>> retriesByHand(boolean attempts, boolean outcomes) {
        List<UnaryOperator<@Nullable History>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            LogRows again = ROWS.recovered("rec_" + i);
            if (attempts) {
                rows.add(attempt(again.exhausted(1, NOW.plusSeconds(i))));
            }
            if (outcomes) {
                rows.add(outcome(again, Outcome.FAILED, i));
            }
        }
        return rows;
    }

    @Test
    void whoRetriesByHandAllDayLosesTheOldestAttemptsAndNoCount() {
        List<UnaryOperator<@Nullable History>> attemptsFirst = retriesByHand(true, false);
        attemptsFirst.addAll(retriesByHand(false, true));
        List<UnaryOperator<@Nullable History>> outcomesFirst = retriesByHand(false, true);
        outcomesFirst.addAll(retriesByHand(true, false));
        List<UnaryOperator<@Nullable History>> twice = retriesByHand(true, true);
        twice.addAll(retriesByHand(true, true));

        for (List<UnaryOperator<@Nullable History>> rows :
                List.of(retriesByHand(true, true), attemptsFirst, outcomesFirst, twice)) {
            LoggedDelivery shown = shown(rows);
            assertThat(shown.status()).isEqualTo(DeliveryStatus.FAILED);
            assertThat(shown.attemptsMade()).isEqualTo(1_000);
            assertThat(shown.attempts()).hasSize(100);
            assertThat(shown.attempts().get(99).recoveryId()).isEqualTo("rec_999");
        }
    }

    @Test
    void theStatusCodeIsThatOfTheRunThatDecidesWhateverTheClocksOfDispatchersSay() {
        LogRows again = ROWS.recovered("rec_1");
        LoggedDelivery shown = shown(List.of(
                attempt(ROWS.retried(1, NOW.plusSeconds(60))),
                outcome(ROWS, Outcome.FAILED, 1),
                attempt(again.retried(1, NOW.plusSeconds(2))),
                attempt(again.delivered(2, NOW.plusSeconds(1))),
                outcome(again, Outcome.DELIVERED, 2)));

        assertThat(shown.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(shown.lastHttpStatus()).isEqualTo(200);
        assertThat(shown.attempts()).extracting(LoggedAttempt::httpStatus).containsExactly(503, 200, 503);
    }

    @Test
    void aRetryThatWasDiscardedLeavesTheLastAnswerAsItWas() {
        LoggedDelivery shown = shown(List.of(
                attempt(ROWS.retried(1, NOW)),
                outcome(ROWS, Outcome.FAILED, 1),
                outcome(ROWS.recovered("rec_1"), Outcome.DISCARDED, 2)));

        assertThat(shown.status()).isEqualTo(DeliveryStatus.DISCARDED);
        assertThat(shown.lastHttpStatus()).isEqualTo(503);
    }
}
