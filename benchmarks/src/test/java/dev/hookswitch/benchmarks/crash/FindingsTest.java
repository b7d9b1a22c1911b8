package dev.hookswitch.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.figures.GoalTable;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must be found, and which goals are missed for it. */
class FindingsTest {
    private static final Bound BOUND = new Bound(2, 1);

    private static List<String> missed(Account account) {
        return Goals.measures(account.findings(), BOUND).stream()
                .filter(measure -> Boolean.FALSE.equals(measure.met()))
                .map(Measure::name)
                .toList();
    }

    @Test
    void aRunWithoutFaultMeetsEveryGoal() {
        Account account = new Account(2, Fault.TERM, Fault.NONE)
                .good("a", 100)
                .written("b")
                .post("b", 200, 500)
                .row("b", 1, 200, 500)
                .handedBack("b", 2)
                .post("b", 1_300, 200)
                .row("b", 2, 1_300, 200)
                .delivered("b");

        assertThat(missed(account)).isEmpty();
        assertThat(account.findings().deliveries()).isEqualTo(2);
        assertThat(account.findings().posts()).isEqualTo(3);
    }

    @Test
    void aPostWithoutARowIsARepeatOfTheKillThatEndedItsEpisode() {
        Account account = new Account(3, Fault.KILL, Fault.KILL, Fault.NONE)
                // Answered, and not committed when the kill came.
                .post("a", 8_900, 200)
                .good("a", 12_000)
                // In flight.
                .post("b", 8_980, 200)
                .post("b", 18_990, 200)
                .good("b", 22_000)
                .good("c", 5_000);

        List<Repeats> kills = account.findings().after(Fault.KILL);
        assertThat(kills).extracting(Repeats::answered).containsExactly(1, 0);
        assertThat(kills).extracting(Repeats::inFlight).containsExactly(1, 1);
        assertThat(kills).extracting(Repeats::sinceCommitMs).containsExactly(3_958L, 6_958L);
        assertThat(missed(account)).isEmpty();
    }

    @Test
    void anEpisodeWithoutACommitCountsFromItsFirstPost() {
        Account account = new Account(1, Fault.KILL, Fault.KILL).good("a", 5_000);

        assertThat(account.findings().repeats())
                .extracting(Repeats::sinceCommitMs)
                .containsExactly(3_958L, 9_000L);
    }

    @Test
    void moreRepeatsThanAKillMayCauseAreTooMany() {
        Account account = new Account(4, Fault.KILL, Fault.NONE);
        for (String id : List.of("a", "b", "c", "d")) {
            account.post(id, 8_990, 200).good(id, 12_000);
        }

        assertThat(missed(account)).containsExactly("kill_repeats_max");
    }

    @Test
    void aKillThatHitsNothingProvesNothing() {
        assertThat(missed(new Account(1, Fault.KILL, Fault.NONE).good("a", 100)))
                .containsExactly("kills_that_hit");
    }

    @Test
    void oneRepeatAfterATermIsTooMany() {
        assertThat(missed(new Account(1, Fault.TERM, Fault.NONE)
                        .post("a", 8_990, 200)
                        .good("a", 12_000)))
                .containsExactly("term_repeats");
    }

    @Test
    void aRepeatWithoutAFaultIsTooMany() {
        assertThat(missed(new Account(1, Fault.NONE).post("a", 100, 200).good("a", 2_000)))
                .containsExactly("repeats_without_fault");
        assertThat(missed(new Account(1, Fault.NONE).post("a", 99_000, 200).good("a", 2_000)))
                .as("after everything has ended")
                .containsExactly("repeats_without_fault");
    }

    @Test
    void aDeliveryWithoutAnOutcomeIsLost() {
        assertThat(missed(new Account(2, Fault.NONE).good("a", 100).written("b")))
                .containsExactly("lost");
        assertThat(missed(new Account(1, Fault.NONE)
                        .written("a")
                        .post("a", 100, 500)
                        .row("a", 1, 100, 500)))
                .as("stays in a tier")
                .containsExactly("lost");
    }

    @Test
    void aDeliveryThatWasAcknowledgedAndIsNotThereIsLost() {
        assertThat(missed(new Account(2, Fault.NONE).good("a", 100))).containsExactly("lost");
    }

    @Test
    void deliveredNeedsAnAnswerOfSuccess() {
        assertThat(missed(new Account(1, Fault.NONE)
                        .written("a")
                        .post("a", 100, 500)
                        .row("a", 1, 100, 500)
                        .delivered("a")))
                .containsExactly("delivered_without_2xx");
        assertThat(missed(new Account(1, Fault.NONE)
                        .written("a")
                        .row("a", 1, 100, 200)
                        .delivered("a")))
                .containsExactly("delivered_without_2xx", "recorded_without_post");
    }

    @Test
    void aSecondOutcomeAndASecondRowAreFound() {
        assertThat(missed(new Account(1, Fault.NONE).good("a", 100).delivered("a")))
                .containsExactly("ended_again");
        assertThat(missed(new Account(1, Fault.NONE)
                        .good("a", 100)
                        .post("a", 2_000, 200)
                        .row("a", 1, 2_000, 200)))
                .containsExactly("recorded_again");
    }

    @Test
    void anotherEndThanDeliveredIsFound() {
        assertThat(missed(new Account(1, Fault.NONE)
                        .written("a")
                        .post("a", 100, 500)
                        .row("a", 1, 100, 500)
                        .outcome("a", OutcomeRow.Outcome.FAILED)))
                .containsExactly("ended_otherwise");
    }

    @Test
    void aPostOfNothingThatWasWrittenIsAPhantom() {
        assertThat(missed(new Account(0, Fault.NONE).post("", 100, 200).row("", 1, 100, 200)))
                .containsExactly("phantoms");
    }

    @Test
    void aDeliveryThatWaitedInTwoPlacesIsFound() {
        Account account = new Account(1, Fault.NONE).good("a", 100).handedBack("a", 2);

        assertThat(missed(account)).isEmpty();
        assertThat(missed(account.handedBack("a", 3))).isEmpty();
        assertThat(missed(account.handedBack("a", 2))).containsExactly("handed_back_twice");
    }

    @Test
    void aStopThatIsNotCleanIsFound() {
        Account account = new Account(1).uncleanTerm().good("a", 100);

        assertThat(missed(account)).containsExactly("stops_not_clean");
        assertThat(GoalTable.allMet(Goals.measures(account.findings(), BOUND))).isFalse();
    }
}
