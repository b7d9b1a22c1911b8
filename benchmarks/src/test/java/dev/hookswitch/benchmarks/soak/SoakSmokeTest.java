package dev.hookswitch.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The real thing with real processes, as short as it can be; whether memory grows is not judged in so short a time. */
@Tag("long")
class SoakSmokeTest {
    @Test
    void everyLookIsShownAndEveryDeliveryIsInTheBooks() {
        StringWriter out = new StringWriter();
        CommandLine soak = new CommandLine(new SoakCommand()).setOut(new PrintWriter(out));

        int status = soak.execute("--quick", "--rate", "20", "--endpoints", "20", "--jvm-flags", "-Xmx128m");

        assertThat(status).as(out.toString()).isIn(0, 1);
        assertThat(out.toString().lines().filter(line -> line.contains("45 s: live heap")))
                .hasSize(15);
        assertThat(out.toString())
                .containsPattern("lost +0.000 += 0 +yes")
                .containsPattern("posts_without_an_attempt +0.000 += 0 +yes")
                .containsPattern("strangers +0.000 += 0 +yes");
    }
}
