package dev.hookswitch.benchmarks.api;

import static java.util.Objects.requireNonNullElse;

import dev.hookswitch.benchmarks.command.ProgressLines;
import dev.hookswitch.benchmarks.command.ReportOptions;
import dev.hookswitch.benchmarks.command.SetupOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench api}. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast the API lists the deliveries of an endpoint that has very many, and how the log is built.",
            "Exit status 1 when a goal is not met."
        })
public final class ApiCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "20,000 deliveries and few calls: a smoke test.")
    private boolean quick;

    @Option(names = "--deliveries", description = "In the full log; by default 2000000.")
    private @Nullable Integer deliveries;

    @Option(names = "--rounds", description = "Each asks every question of both logs; by default 10.")
    private @Nullable Integer rounds;

    @Option(names = "--calls", description = "Of each question in a round, of each log; by default 100.")
    private @Nullable Integer calls;

    @Option(names = "--warm-up", paramLabel = "CALLS", description = "Of each question, not counted; by default 300.")
    private @Nullable Integer warmUp;

    @Mixin
    private final SetupOptions setup = new SetupOptions("-XX:+UseParallelGC -Xmx512m");

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        Options options = options();
        Results results =
                new Trial(options, ProgressLines.timed(spec.commandLine().getOut())).run();
        return report.conclude(new ApiReport(options, results), quick);
    }

    private Options options() {
        try {
            return new Options(
                    requireNonNullElse(deliveries, quick ? 20_000 : 2_000_000),
                    requireNonNullElse(rounds, quick ? 2 : 10),
                    requireNonNullElse(calls, quick ? 20 : 100),
                    requireNonNullElse(warmUp, quick ? 20 : 300),
                    setup.setup());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
