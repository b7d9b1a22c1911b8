package dev.hookswitch.benchmarks.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a report at the end of a run, and keeps it where it was asked for. A mixin. */
public final class ReportOptions {
    private final Path home;
    private final String commit;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where the report is written; by default docs/reports, with --quick nowhere.")
    private @Nullable Path folder;

    /** In the source tree that {@code ./hookswitch} runs from. */
    public ReportOptions() {
        this(Path.of(System.getProperty("hookswitch.home", ".")), System.getProperty("hookswitch.commit", "unknown"));
    }

    /** @param home of the default folder */
    ReportOptions(Path home, String commit) {
        this.home = home;
        this.commit = commit;
    }

    /**
     * Shows the report and keeps it.
     *
     * @param quick whether the run was a smoke test, which leaves no report unless one was asked for
     * @return the exit status: 1 when a goal is not met
     */
    public int conclude(RunReport report, boolean quick) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        report.lines().forEach(out::println);
        Path kept = folder != null || quick ? folder : home.resolve("docs").resolve("reports");
        if (kept != null) {
            report.write(kept, commit, typed());
            out.println();
            out.println("written: " + kept.resolve(report.name() + ".md"));
        }
        out.flush();
        return report.allMet() ? 0 : 1;
    }

    /** What to type to get the report again; the arguments begin with the command's own name. */
    private String typed() {
        return "./hookswitch bench "
                + String.join(" ", command.commandLine().getParseResult().originalArgs());
    }
}
