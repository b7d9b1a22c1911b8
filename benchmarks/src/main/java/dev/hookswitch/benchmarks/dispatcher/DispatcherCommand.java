package dev.hookswitch.benchmarks.dispatcher;

import static java.util.Objects.requireNonNullElse;

import dev.hookswitch.benchmarks.command.ProgressLines;
import dev.hookswitch.benchmarks.command.ReportOptions;
import dev.hookswitch.benchmarks.command.SetupOptions;
import dev.hookswitch.benchmarks.load.Targets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench dispatcher}. */
@Command(
        name = "dispatcher",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the dispatcher against its own HTTP client without Kafka and against the usual alternative.",
            "Exit status 1 when a goal is not met; with --quick only when something fails."
        })
public final class DispatcherCommand implements Callable<Integer> {
    private static final String SCENARIOS = "1@0,20@0,1000@0,100@20/2048";
    /** For each pair of windows that counts: on a rented machine much can be stolen. */
    private static final int TRIES = 3;

    private static final String QUICK_SCENARIOS = "20@0,1000@0,100@20/2048";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "One short pair of a few scenarios, in less than a minute: a smoke test.")
    private boolean quick;

    @Option(
            names = "--scenarios",
            paramLabel = "LIST",
            description = "ENDPOINTS@DELAY_MS or ENDPOINTS@DELAY_MS/MAX_IN_FLIGHT, with commas; by default " + SCENARIOS
                    + ".")
    private @Nullable String scenarios;

    @Option(
            names = "--generations",
            description = "How often each scenario gets new processes, which are warmed up; by default 2.")
    private @Nullable Integer generations;

    @Option(names = "--windows", description = "Pairs of windows in each generation; by default 3.")
    private @Nullable Integer windows;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Full load of a process before its first window, at the least; by default 8.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--max-warm-up",
            paramLabel = "SECONDS",
            description = "How long it may be when the JIT compiler has not settled; by default 75.")
    private @Nullable Integer maxWarmUp;

    @Option(names = "--window", paramLabel = "SECONDS", description = "How long is measured; by default 10.")
    private @Nullable Integer window;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description =
                    "How long it waits in all, at the most, for the hypervisor to leave the machine to it; by default 1200.")
    private @Nullable Integer patience;

    @Option(
            names = "--lanes",
            defaultValue = "1",
            description = "Lanes of the dispatcher; by default ${DEFAULT-VALUE}.")
    private int lanes;

    @Option(
            names = "--io-threads",
            defaultValue = "2",
            description = "Threads of the HTTP client, raw and in the dispatcher; by default ${DEFAULT-VALUE}.")
    private int ioThreads;

    @Option(
            names = "--per-endpoint",
            defaultValue = "32",
            description = "dispatcher.max-in-flight-per-endpoint; by default ${DEFAULT-VALUE}.")
    private int perEndpoint;

    @Option(
            names = "--spread",
            defaultValue = "ADDRESSES",
            description = "How endpoints differ: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Targets.Spread spread;

    @Option(
            names = "--profile",
            description = "Also runs the dispatcher under the flight recorder and prints where its time goes.")
    private boolean profile;

    @Mixin
    private final SetupOptions setup = new SetupOptions("-XX:+UseParallelGC -Xms1g -Xmx1g");

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        Options options = options();
        Results results =
                new Generations(options, ProgressLines.plain(spec.commandLine().getOut())).run();
        int status = report.conclude(new DispatcherReport(options, results), quick);
        return quick ? 0 : status;
    }

    private Options options() {
        try {
            return new Options(
                    scenarios(),
                    requireNonNullElse(generations, quick ? 1 : 2),
                    requireNonNullElse(windows, quick ? 1 : 3),
                    quick ? 1 : TRIES,
                    Duration.ofSeconds(requireNonNullElse(patience, quick ? 0 : 1_200)),
                    Duration.ofSeconds(requireNonNullElse(warmUp, quick ? 1 : 8)),
                    Duration.ofSeconds(
                            Math.max(requireNonNullElse(warmUp, 0), requireNonNullElse(maxWarmUp, quick ? 1 : 75))),
                    Duration.ofSeconds(requireNonNullElse(window, quick ? 1 : 10)),
                    lanes,
                    ioThreads,
                    perEndpoint,
                    spread,
                    setup.setup(),
                    profile);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<Scenario> scenarios() {
        String wanted = requireNonNullElse(scenarios, quick ? QUICK_SCENARIOS : SCENARIOS);
        return Arrays.stream(wanted.split(",", -1)).map(Scenario::parse).toList();
    }
}
