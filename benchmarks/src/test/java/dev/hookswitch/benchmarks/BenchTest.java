package dev.hookswitch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine bench =
            Bench.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void explainsItself() {
        assertThat(bench.execute("dispatcher", "--help")).isZero();
        assertThat(out.toString())
                .contains("--generations")
                .contains("--windows")
                .contains("--profile");
    }

    @Test
    void refusesAScenarioThatIsNone() {
        assertThat(bench.execute("dispatcher", "--scenarios", "20")).isEqualTo(2);
        assertThat(err.toString()).contains("scenarios must be ENDPOINTS@DELAY_MS");
    }

    @Test
    void refusesARunWithoutWindows() {
        assertThat(bench.execute("dispatcher", "--windows", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("windows must be 1 or more");
    }

    @Test
    void refusesABenchmarkThatIsNone() {
        assertThat(bench.execute("nothing")).isEqualTo(2);
    }

    @Test
    void explainsIsolation() {
        assertThat(bench.execute("isolation", "--help")).isZero();
        assertThat(out.toString()).contains("--seconds").contains("--pairs").contains("--rate");
    }

    @Test
    void refusesEndpointsOfWhichNoTwentiethIsBad() {
        assertThat(bench.execute("isolation", "--endpoints", "30")).isEqualTo(2);
        assertThat(err.toString()).contains("endpoints must be a multiple of 20");
    }

    @Test
    void explainsCrashes() {
        assertThat(bench.execute("crash", "--help")).isZero();
        assertThat(out.toString()).contains("--kills").contains("--terms").contains("--seed");
    }

    @Test
    void refusesFaultsThatHappenLessThanNever() {
        assertThat(bench.execute("crash", "--terms", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("no fault happens less than 0 times");
    }

    @Test
    void explainsTheSoakAndRefusesOneThatIsTooShort() {
        assertThat(bench.execute("soak", "--help")).isZero();
        assertThat(out.toString()).contains("--minutes").contains("--endpoints").contains("-Xmx512m");
        assertThat(bench.execute("soak", "--minutes", "1", "--every", "30")).isEqualTo(2);
        assertThat(err.toString()).contains("15 samples or more");
    }

    @Test
    void explainsTheApiAndRefusesARunWithoutDeliveries() {
        assertThat(bench.execute("api", "--help")).isZero();
        assertThat(out.toString()).contains("--deliveries").contains("--rounds").contains("--warm-up");
        assertThat(bench.execute("api", "--deliveries", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("deliveries must be 1 or more");
    }

    @Test
    void explainsRetries() {
        assertThat(bench.execute("retries", "--help")).isZero();
        assertThat(out.toString()).contains("--scenarios").contains("--parked").contains("--dead-scale");
    }

    @Test
    void refusesAScenarioOfRetriesThatIsNone() {
        assertThat(bench.execute("retries", "--scenarios", "lateness,doomsday")).isEqualTo(2);
        assertThat(err.toString()).contains("lateness, parked, outage, dead-endpoint, recovery, not doomsday");
    }

    @Test
    void refusesTimesThatDoNotFitIntoTheLongestTier() {
        assertThat(bench.execute("retries", "--scenarios", "parked", "--seconds", "700"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("comes due before the end");
    }
}
