package dev.hookswitch.benchmarks.isolation;

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

/** {@code bench isolation}. */
@Command(
        name = "isolation",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that endpoints which hang or drip cost the healthy ones nothing, and that none of their deliveries is lost.",
            "Exit status 1 when a goal is not met."
        })
public final class IsolationCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "One short pair and a long round of 20 s: a smoke test.")
    private boolean quick;

    @Option(
            names = "--seconds",
            description = "How long the bad endpoints have traffic in the long round; by default 600.")
    private @Nullable Integer seconds;

    @Option(names = "--pairs", description = "Short rounds before it; by default 5.")
    private @Nullable Integer pairs;

    @Option(names = "--pair-seconds", description = "Each of their two phases; by default 20.")
    private @Nullable Integer pairSeconds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Before the first round; by default 40.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--rate",
            defaultValue = "600",
            description = "Deliveries per second to the healthy endpoints together; by default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--endpoints",
            defaultValue = "100",
            description = "With traffic at one time, a tenth of them bad; by default ${DEFAULT-VALUE}.")
    private int endpoints;

    @Mixin
    private final SetupOptions setup = new SetupOptions("-XX:+UseParallelGC -Xms1g -Xmx1g");

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        Options options = options();
        Results results =
                new Experiment(options, ProgressLines.timed(spec.commandLine().getOut())).run();
        return report.conclude(new IsolationReport(options, results), quick);
    }

    private Options options() {
        Duration whole = Duration.ofSeconds(requireNonNullElse(seconds, quick ? 20 : 600));
        try {
            return new Options(
                    endpoints,
                    rate,
                    requireNonNullElse(pairs, quick ? 1 : 5),
                    Duration.ofSeconds(requireNonNullElse(pairSeconds, quick ? 10 : 20)),
                    whole,
                    Duration.ofSeconds(Math.max(10, whole.toSeconds() / 10)),
                    Duration.ofSeconds(requireNonNullElse(warmUp, quick ? 10 : 40)),
                    setup.setup());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
