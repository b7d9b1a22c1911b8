package dev.hookswitch.benchmarks.retries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The real thing with real processes, as short as it can be; how late things are is not judged on any machine. */
@Tag("long")
class RetriesSmokeTest {
    @Test
    void aSchedulerThatIsKilledMakesUpForAllThatCameDueMeanwhile() {
        StringWriter out = new StringWriter();
        CommandLine retries = new CommandLine(new RetriesCommand()).setOut(new PrintWriter(out));

        int status = retries.execute("--quick", "--scenarios", "outage", "--outage-scale", "400");

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("outage_lost +0.000 += 0 +yes")
                .containsPattern("outage_early +0.000 += 0 +yes");
    }
}
