package dev.hookswitch.benchmarks.crash;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench crash}. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = {
            "Kills and stops a dispatcher under load again and again, and shows that nothing is lost and little repeated.",
            "Exit status 1 when a goal is not met."
        })
public final class CrashCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "Two kills and one SIGTERM: a smoke test.")
    private boolean quick;

    @Option(names = "--kills", description = "SIGKILLs; by default 30.")
    private @Nullable Integer kills;

    @Option(names = "--terms", description = "SIGTERMs; by default 10.")
    private @Nullable Integer terms;

    @Option(names = "--zombies", description = "Pauses past the session time-out; by default 3.")
    private @Nullable Integer zombies;

    @Option(names = "--twins", description = "Second dispatchers with the same instance name; by default 3.")
    private @Nullable Integer twins;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of order and moments of the faults; by default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--keep", description = "Keeps logs and ledger; without it only when a goal is not met.")
    private boolean keep;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where the report is written; by default docs/reports, with --quick nowhere.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Options options = options();
        CrashReport made = run(options, out);
        made.lines().forEach(out::println);
        Path folder = folder();
        if (folder != null) {
            made.write(folder, System.getProperty("hookswitch.commit", "unknown"), command());
            out.println();
            out.println("written: " + folder.resolve(CrashReport.NAME + ".md"));
        }
        out.flush();
        return made.allMet() ? 0 : 1;
    }

    private CrashReport run(Options options, PrintWriter out) throws Exception {
        try (Scene scene = Scene.open(options, Clock.systemUTC())) {
            boolean good = false;
            try {
                List<Episode> episodes = new CrashRun(scene, line -> {
                            out.println(line);
                            out.flush();
                        })
                        .run(Step.plan(options));
                CrashReport made = new CrashReport(options, scene.bound(), Findings.of(scene.evidence(), episodes));
                good = made.allMet();
                return made;
            } finally {
                if (keep || !good) {
                    out.println("logs and ledger are kept in " + scene.keep());
                    out.flush();
                }
            }
        }
    }

    private Options options() {
        try {
            return new Options(
                    or(kills, quick ? 2 : 30),
                    or(terms, quick ? 1 : 10),
                    or(zombies, quick ? 0 : 3),
                    or(twins, quick ? 0 : 3),
                    seed,
                    50,
                    6,
                    quick ? 1_000 : 20_000);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private @Nullable Path folder() {
        if (report != null || quick) {
            return report;
        }
        return Path.of(System.getProperty("hookswitch.home", "."), "docs", "reports");
    }

    /** What to type to get the report again; the arguments begin with the command's own name. */
    private String command() {
        return "./hookswitch bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
