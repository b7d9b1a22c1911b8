package dev.hookswitch.benchmarks.retries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.topics.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFiguresTest {
    private static final long FROM_MS = 50_000;
    private static final long STOLEN_MS = FROM_MS + 700;
    private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final CopyFigures.Builder builder =
            new CopyFigures.Builder(DELAYS, 2, FROM_MS, FROM_MS + 2_000, at -> at != STOLEN_MS);

    /** A copy that is sent and read so long after it is due. */
    private static CopyLog.Copy copy(long number, int tier, int partition, long dueMs, long sentMs, long readMs) {
        return new CopyLog.Copy(
                number, tier, partition, dueMs - DELAYS.get(tier).toMillis(), dueMs + sentMs, dueMs + readMs);
    }

    @Test
    void latenessIsFromTheDueTimeOfEachTier() {
        builder.take(copy(0, 0, 0, FROM_MS, 10, 20));
        builder.take(copy(1, 1, 0, FROM_MS + 1_500, 30, 40));

        CopyFigures figures = builder.build();

        assertThat(figures.tiers().get(0).copiedMs(50)).isEqualTo(10);
        assertThat(figures.tiers().get(0).readMs(99)).isEqualTo(20);
        assertThat(figures.tiers().get(0).copied99Ms()).containsExactly(10, 0);
        assertThat(figures.tiers().get(1).copied99Ms()).containsExactly(0, 30);
        assertThat(figures.tiers().get(1).worstSecondMs()).isEqualTo(30);
        assertThat(figures.books()).isEqualTo(new CopyFigures.Books(2, 0, 0, 0, 0));
    }

    @Test
    void whatWasDueWhileTheMachineWasTakenIsCountedAndShownButNotJudged() {
        builder.take(copy(0, 0, 0, FROM_MS, 10, 20));
        builder.take(copy(1, 0, 0, STOLEN_MS, 900, 950));

        CopyFigures.Lateness late = builder.build().tiers().get(0);

        assertThat(late.copies()).isEqualTo(2);
        assertThat(late.judgedShare()).isEqualTo(0.5);
        assertThat(late.copiedMs(100)).isEqualTo(10);
        assertThat(late.readMs(100)).isEqualTo(20);
        assertThat(late.worstSecondMs()).isEqualTo(900);
    }

    @Test
    void whatIsDueOutsideTheWindowIsInTheBooksAlone() {
        builder.take(copy(0, 0, 0, FROM_MS - 1, 5, 5));
        builder.take(copy(1, 0, 0, FROM_MS + 2_000, 5, 5));

        CopyFigures figures = builder.build();

        assertThat(figures.books().copies()).isEqualTo(2);
        assertThat(figures.tiers().get(0).copies()).isZero();
    }

    @Test
    void seesWhatIsEarlyWhatComesTwiceAndWhatComesOutOfOrder() {
        builder.take(copy(0, 0, 0, FROM_MS, -1, 3));
        builder.take(copy(3, 0, 0, FROM_MS + 30, 1, 3));
        builder.take(copy(1, 0, 0, FROM_MS + 20, 11, 13));
        builder.take(copy(2, 0, 1, FROM_MS + 20, 1, 3));
        builder.take(copy(3, 0, 0, FROM_MS + 30, 1, 3));

        assertThat(builder.build().books()).isEqualTo(new CopyFigures.Books(4, 1, 1, 1, 10));
    }

    @Test
    void aRetryOfAnotherTierMayOvertake() {
        builder.take(copy(1, 1, 0, FROM_MS + 400, 1, 3));
        builder.take(copy(0, 0, 0, FROM_MS, 500, 600));

        assertThat(builder.build().books()).isEqualTo(new CopyFigures.Books(2, 0, 0, 0, 400));
    }

    @Test
    void goalsNameTheTierThatIsLateOrHasNoCopiesAndCountWhatIsLost() {
        builder.take(copy(0, 1, 0, FROM_MS, 101, 150));
        CopyFigures figures = builder.build();
        List<Tier> tiers = List.of(new Tier("1s", DELAYS.get(0), "a"), new Tier("5s", DELAYS.get(1), "b"));

        List<Measure> measures = new ArrayList<>(CopyGoals.lateness("x", tiers, figures.tiers(), 1));
        measures.addAll(CopyGoals.books("x", 3, figures.books()));

        assertThat(measures)
                .contains(
                        Measure.atMost("x_5s_p99_ms", 101, "ms", 100),
                        Measure.atLeast("x_5s_judged", 1, "retries", 2_000),
                        Measure.exactly("x_lost", 2, "retries", 0),
                        Measure.atLeast("x_1s_copies", 0, "retries", 0.95));
    }

    @Test
    void theLogGivesBackWhatItWasGiven(@TempDir Path folder) throws Exception {
        List<CopyLog.Copy> copies = List.of(copy(0, 0, 1, FROM_MS, 10, 20), copy(7, 1, 0, FROM_MS, -3, 1));
        Path file = folder.resolve("copies");
        try (CopyLog log = CopyLog.create(file)) {
            for (CopyLog.Copy copy : copies) {
                log.add(copy);
            }
        }
        List<CopyLog.Copy> read = new ArrayList<>();
        CopyLog.read(file, read::add);

        assertThat(read).isEqualTo(copies);
    }
}
