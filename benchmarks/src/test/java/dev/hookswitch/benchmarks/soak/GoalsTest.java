package dev.hookswitch.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.rig.Setup;
import dev.hookswitch.common.report.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalsTest {
    private static final Audit GOOD = new Audit(300_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final Setup SETUP = new Setup(6, 1_024, Map.of(), List.of("-Xmx512m"));

    private final Options options = new Options(10_000, 500, Duration.ofMinutes(10), Duration.ofSeconds(10), SETUP);

    private Set<String> missed(List<Sample> samples, Audit audit) {
        return Goals.measures(options, new Results(samples, audit, 0.5)).stream()
                .filter(measure -> Boolean.FALSE.equals(measure.met()))
                .map(Measure::name)
                .collect(Collectors.toSet());
    }

    @Test
    void allIsMetWhenNothingGrowsAfterTheWarmUp() {
        assertThat(missed(Samples.of(second -> second < 150 ? 20 + second / 3 : 70), GOOD))
                .isEmpty();
    }

    @Test
    void aHeapThatGrowsMissesItsGoal() {
        // 10 MiB in ten minutes on top of 60: a process that dies in some hours
        assertThat(missed(Samples.of(second -> 60 + second / 60), GOOD)).containsExactly("live_heap_growth");
    }

    @Test
    void threadsThatGrowMissTheirGoal() {
        assertThat(missed(Samples.of(second -> 70, second -> 30 + second / 60, second -> 20), GOOD))
                .containsExactly("threads_more");
    }

    @Test
    void aLoadThatIsNotKeptUpWithMissesItsGoal() {
        assertThat(missed(Samples.of(second -> 70, second -> 40, second -> 2 * second), GOOD))
                .containsExactly("open_deliveries_last_third");
    }

    @Test
    void whatFailedOrIsNotAccountedForMissesItsGoal() {
        Audit bad = new Audit(300_000, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0);

        assertThat(missed(Samples.of(second -> 70), bad))
                .containsExactlyInAnyOrder("lost", "healthy_not_delivered_at_first_attempt");
    }

    @Test
    void isWrittenWithItsPicture(@TempDir Path folder) throws Exception {
        SoakReport report = new SoakReport(options, new Results(Samples.of(second -> 70), GOOD, 0.5));

        report.write(folder, "abc", "./hookswitch bench soak");

        assertThat(report.allMet()).isTrue();
        assertThat(folder.resolve("dispatcher-soak.md")).content().contains("10,000 endpoints", "live heap, MiB");
        assertThat(folder.resolve("dispatcher-soak.json")).content().contains("live_heap_growth");
        assertThat(Files.readString(folder.resolve("dispatcher-soak.svg"))).contains("open files");
    }

    @Test
    void refusesARunThatIsTooShortToHaveThirds() {
        assertThatThrownBy(() -> new Options(10, 10, Duration.ofSeconds(60), Duration.ofSeconds(10), SETUP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15 samples");
    }
}
