package dev.hookswitch.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class ReportOptionsTest {
    private static final Measure MET = Measure.exactly("lost", 0, "deliveries", 0);
    private static final Measure MISSED = Measure.atMost("repeats", 3, "POSTs", 2);

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private Measure measure = MET;
    private CommandLine bench = new CommandLine(new Top());

    @BeforeEach
    void command() {
        bench = new CommandLine(new Top())
                .addSubcommand(new Run(new ReportOptions(home, "c0ffee")))
                .setOut(new PrintWriter(out));
    }

    @Command(name = "bench")
    private static final class Top {}

    @Command(name = "run")
    private final class Run implements Callable<Integer> {
        @Mixin
        private final ReportOptions report;

        @Option(names = "--quick")
        private boolean quick;

        private Run(ReportOptions report) {
            this.report = report;
        }

        @Override
        public Integer call() throws Exception {
            return report.conclude(new Told(measure), quick);
        }
    }

    private record Told(Measure measure) implements RunReport {
        @Override
        public String name() {
            return "told";
        }

        @Override
        public List<Table> tables() {
            Table table = new Table("what", "n");
            table.row("calls", "7");
            return List.of(table);
        }

        @Override
        public List<Measure> measures() {
            return List.of(measure);
        }

        @Override
        public Page page() {
            return new Page("A title", "Some text.", Optional.empty());
        }
    }

    @Test
    void showsTablesAndGoalsAndKeepsThemBesideTheOthers() {
        assertThat(bench.execute("run")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "",
                        "what   n",
                        "calls  7",
                        "",
                        "goal  value  goal  met",
                        "lost  0.000   = 0  yes",
                        "",
                        "written: " + home.resolve("docs/reports/told.md"));
        assertThat(home.resolve("docs/reports/told.md"))
                .content()
                .contains(
                        "# A title", "Commit: `c0ffee`", "Command: `./hookswitch bench run`", "Some text.", "| lost |");
        assertThat(home.resolve("docs/reports/told.json")).exists();
    }

    @Test
    void keepsThemWhereItIsTold() {
        Path folder = home.resolve("elsewhere");

        assertThat(bench.execute("run", "--quick", "--report", folder.toString()))
                .isZero();

        assertThat(folder.resolve("told.md"))
                .content()
                .contains("Command: `./hookswitch bench run --quick --report " + folder + "`");
        assertThat(home.resolve("docs")).doesNotExist();
    }

    @Test
    void aSmokeTestLeavesNothing() {
        assertThat(bench.execute("run", "--quick")).isZero();

        assertThat(home).isEmptyDirectory();
        assertThat(out.toString()).contains("lost").doesNotContain("written");
    }

    @Test
    void theStatusTellsOfAGoalThatIsMissed() {
        measure = MISSED;

        assertThat(bench.execute("run", "--quick")).isEqualTo(1);
    }
}
