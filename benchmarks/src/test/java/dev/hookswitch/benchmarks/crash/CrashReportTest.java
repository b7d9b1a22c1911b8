package dev.hookswitch.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    @TempDir
    Path folder;

    @Test
    void writesFiguresGoalsAndAPicture() throws Exception {
        Account account = new Account(2, Fault.KILL, Fault.TERM, Fault.NONE)
                .good("a", 100)
                .post("b", 8_990, 200)
                .good("b", 12_000);
        Options options = new Options(1, 1, 0, 0, 7, 50, 6, 3_000);

        CrashReport report = new CrashReport(options, new Bound(512, 2_000), account.findings());
        report.write(folder, "abc", "./hookswitch bench crash");

        assertThat(report.allMet()).isTrue();
        assertThat(report.lines()).anyMatch(line -> line.matches("kill +1 +0 +1.0 +1 .*"));
        assertThat(Files.readString(folder.resolve("dispatcher-crash.md")))
                .contains("seed 7", "at most 2,512 POSTs", "kill 1, term 0, none 0.", "| lost | 0 |");
        assertThat(folder.resolve("dispatcher-crash.json")).exists();
        assertThat(Files.readString(folder.resolve("dispatcher-crash.svg"))).contains(">K<", ">T<");
    }

    @Test
    void theBoundComesFromTheSettings() {
        assertThat(Bound.of(java.util.Map.of(
                        "dispatcher.lanes", "2",
                        "dispatcher.max-in-flight", "100",
                        "dispatcher.max-slow-in-flight", "30",
                        "dispatcher.commit-max-results", "50")))
                .isEqualTo(new Bound(260, 100));
    }
}
