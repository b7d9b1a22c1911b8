package dev.hookswitch.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The real thing with real processes, as short as it can be; how fast it is, is not judged. */
@Tag("long")
class ApiSmokeTest {
    @Test
    void everyQuestionIsAskedOfAFullLogAndOfAnEmptyOne() {
        StringWriter out = new StringWriter();
        CommandLine api = new CommandLine(new ApiCommand()).setOut(new PrintWriter(out));

        int status = api.execute(
                "--quick",
                "--deliveries",
                "3000",
                "--rounds",
                "1",
                "--calls",
                "5",
                "--warm-up",
                "2",
                "--partitions",
                "2");

        assertThat(status).as(out.toString()).isIn(0, 1);
        assertThat(out.toString())
                .containsPattern("newest 20 +20 ")
                .containsPattern("100 that failed +15 ")
                .containsPattern("a type that is not there +0 ")
                .containsPattern("rows +6,000");
    }
}
