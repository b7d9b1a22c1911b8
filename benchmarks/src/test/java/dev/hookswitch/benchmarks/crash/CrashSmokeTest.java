package dev.hookswitch.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The real thing with real processes, as short as it can be. */
class CrashSmokeTest {
    @Test
    void aDispatcherIsKilledAndStoppedAndNothingIsLost() {
        StringWriter out = new StringWriter();
        CommandLine crash = new CommandLine(new CrashCommand()).setOut(new PrintWriter(out));

        int status = crash.execute("--quick", "--kills", "1");

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).contains("kill   1 of 1", "term   1 of 1").containsPattern("lost +0.000 += 0 +yes");
    }
}
