package dev.hookswitch.benchmarks.soak;

import static java.util.Objects.requireNonNullElse;

import dev.hookswitch.benchmarks.command.ProgressLines;
import dev.hookswitch.benchmarks.command.ReportOptions;
import dev.hookswitch.benchmarks.command.SetupOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that the dispatcher's memory and threads stay as they are over a long run with many endpoints.",
            "Exit status 1 when a goal is not met."
        })
public final class SoakCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "45 seconds with 1,000 endpoints: a smoke test.")
    private boolean quick;

    @Option(names = "--minutes", description = "Of load; by default 10.")
    private @Nullable Integer minutes;

    @Option(names = "--endpoints", description = "Each on an address of its own; by default 10000.")
    private @Nullable Integer endpoints;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Deliveries per second to all endpoints together; by default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--every", paramLabel = "SECONDS", description = "Between two looks; by default 10.")
    private @Nullable Integer every;

    @Mixin
    private final SetupOptions setup = new SetupOptions("-XX:+UseParallelGC -Xmx512m");

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        Options options = options();
        Results results =
                new Run(options, ProgressLines.plain(spec.commandLine().getOut())).run();
        return report.conclude(new SoakReport(options, results), quick);
    }

    private Options options() {
        try {
            return new Options(
                    requireNonNullElse(endpoints, quick ? 1_000 : 10_000),
                    rate,
                    minutes == null && quick
                            ? Duration.ofSeconds(45)
                            : Duration.ofMinutes(requireNonNullElse(minutes, 10)),
                    Duration.ofSeconds(requireNonNullElse(every, quick ? 3 : 10)),
                    setup.setup());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
