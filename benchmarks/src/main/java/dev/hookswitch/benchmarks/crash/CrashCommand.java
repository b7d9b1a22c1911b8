package dev.hookswitch.benchmarks.crash;

import static java.util.Objects.requireNonNullElse;

import dev.hookswitch.benchmarks.command.ProgressLines;
import dev.hookswitch.benchmarks.command.ReportOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        return report.conclude(run(options()), quick);
    }

    private CrashReport run(Options options) throws Exception {
        Consumer<String> progress = ProgressLines.plain(spec.commandLine().getOut());
        try (Scene scene = Scene.open(options, Clock.systemUTC())) {
            boolean good = false;
            try {
                List<Episode> episodes = new CrashRun(scene, progress).run(Step.plan(options));
                CrashReport made = new CrashReport(options, scene.bound(), Findings.of(scene.evidence(), episodes));
                good = made.allMet();
                return made;
            } finally {
                if (keep || !good) {
                    progress.accept("logs and ledger are kept in " + scene.keep());
                }
            }
        }
    }

    private Options options() {
        try {
            return new Options(
                    requireNonNullElse(kills, quick ? 2 : 30),
                    requireNonNullElse(terms, quick ? 1 : 10),
                    requireNonNullElse(zombies, quick ? 0 : 3),
                    requireNonNullElse(twins, quick ? 0 : 3),
                    seed,
                    50,
                    6,
                    quick ? 1_000 : 20_000);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
