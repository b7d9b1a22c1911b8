package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The real thing with real processes, as short as it can be. */
@Tag("long")
class DispatcherSmokeTest {
    @Test
    void rawClientAndDispatcherTakeTurnsAndEveryOutcomeIsFound() {
        StringWriter out = new StringWriter();
        CommandLine dispatcher = new CommandLine(new DispatcherCommand()).setOut(new PrintWriter(out));

        int status = dispatcher.execute("--quick", "--scenarios", "20@0", "--windows", "2");

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches("\\[.* pair .*")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("[1/4, ").contains("raw", "pair 1"),
                        line -> assertThat(line).startsWith("[2/4, ").contains("dispatcher", "pair 1"),
                        line -> assertThat(line).startsWith("[3/4, ").contains("dispatcher", "pair 2"),
                        line -> assertThat(line).startsWith("[4/4, ").contains("raw", "pair 2"));
        assertThat(out.toString()).containsPattern("outcomes_unaccounted +0.000 += 0 +yes");
    }
}
