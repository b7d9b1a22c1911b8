package dev.hookswitch.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PhaseFiguresTest {
    @Test
    void whatArrivesAsItIsOfferedIsTheWholeRate() {
        PhaseFigures figures = Figures.steady("calm", false, 10, 5);

        assertThat(figures.rateShare()).isEqualTo(1);
        assertThat(figures.firstSecondShare()).isEqualTo(1);
        assertThat(figures.worstSecondShare()).isEqualTo(1);
        assertThat(figures.p99Ms()).isCloseTo(5, within(0.01));
    }

    @Test
    void aStallShowsInItsSecondAndInTheLatencyOfWhatWasDueMeanwhile() {
        PhaseFigures.Builder builder = Figures.builder("stalled", true, 10);
        for (int i = 0; i < 1_000; i++) {
            long due = Figures.due(i);
            boolean inStall = due >= Figures.second(3) && due < Figures.second(4);
            builder.take(due, inStall ? Figures.second(4) : due);
        }
        PhaseFigures figures = builder.build();

        assertThat(figures.arrivals()).containsExactly(100, 100, 100, 0, 200, 100, 100, 100, 100, 100);
        assertThat(figures.rateShare()).isEqualTo(1);
        assertThat(figures.worstSecondShare()).isZero();
        assertThat(figures.secondsWith(0.95)).isEqualTo(0.9);
        assertThat(figures.maxMs()).isCloseTo(1_000, within(2.0));
        assertThat(figures.late99Ms()[3]).isGreaterThan(900);
        assertThat(figures.late99Ms()[4]).isLessThan(1);
    }

    @Test
    void whatComesAfterThePhaseIsMissingInItsRateButNotInItsLatencies() {
        PhaseFigures figures = Figures.steady("late", false, 10, 2_000);

        assertThat(figures.rateShare()).isCloseTo(0.8, within(0.001));
        assertThat(figures.latencies().getTotalCount()).isEqualTo(1_000);
        assertThat(figures.p99Ms()).isCloseTo(2_000, within(2.0));
    }

    @Test
    void whatWasDueBeforeCountsAsArrivedButHasNoLatencyHere() {
        PhaseFigures.Builder builder = Figures.builder("calm", false, 2);
        builder.take(Figures.second(0) - 1, Figures.second(0) + 1);
        PhaseFigures figures = builder.build();

        assertThat(figures.arrivals()).containsExactly(1, 0);
        assertThat(figures.latencies().getTotalCount()).isZero();
    }

    @Test
    void percentilesOfSeveralPhasesAreThoseOfAllTheirDeliveries() {
        PhaseFigures quick = Figures.steady("quick", false, 99, 1);
        PhaseFigures slow = Figures.steady("slow", false, 2, 50);

        assertThat(PhaseFigures.p99Ms(quick, slow)).isCloseTo(50, within(0.1));
        assertThat(PhaseFigures.p99Ms(quick)).isCloseTo(1, within(0.1));
    }

    @Test
    void theWorstTenSecondsMayBeginAnywhere() {
        PhaseFigures.Builder builder = Figures.builder("hole", true, 30);
        for (int i = 0; i < 3_000; i++) {
            long due = Figures.due(i);
            boolean missing = due >= Figures.second(9) && due < Figures.second(11);
            builder.take(due, missing ? Figures.second(40) : due);
        }
        PhaseFigures figures = builder.build();

        assertThat(figures.worstTenSecondsShare()).isEqualTo(0.8);
        assertThat(figures.worstSecondShare()).isZero();
        assertThat(Figures.steady("short", false, 5, 0).worstTenSecondsShare()).isEqualTo(1);
    }

    @Test
    void latenciesOfTimesThatWereStolenDoNotCountButTheirArrivalsDo() {
        PhaseFigures.Builder builder = Figures.builder("d", true, 10, 2);
        for (int i = 0; i < 1_000; i++) {
            builder.take(Figures.due(i), Figures.due(i) + (i < 800 ? 5_000_000L : 90_000_000L));
        }
        PhaseFigures figures = builder.build();

        assertThat(figures.judged()).isEqualTo(800);
        assertThat(figures.judgedShare()).isEqualTo(0.8);
        assertThat(figures.maxMs()).isLessThan(6);
        assertThat(figures.late99Ms()[9]).isGreaterThan(80);
        assertThat(figures.rateShare()).isGreaterThan(0.98);
    }
}
