package dev.hookswitch.benchmarks.retries;

import static java.util.Objects.requireNonNullElse;

import dev.hookswitch.benchmarks.command.ProgressLines;
import dev.hookswitch.benchmarks.command.ReportOptions;
import dev.hookswitch.benchmarks.command.SetupOptions;
import dev.hookswitch.benchmarks.recovery.RecoveryTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench retries}. */
@Command(
        name = "retries",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that retries come when they are due: at a rate through every tier, beside very many that wait, after the"
                    + " scheduler was gone, when an endpoint that was dead comes back, and when"
                    + " what it did not get is recovered.",
            "Exit status 1 when a goal is not met."
        })
public final class RetriesCommand implements Callable<Integer> {
    /** The default of Kafka's servers, which rely on replicas. */
    private static final Map<String, String> AS_SERVERS_FLUSH =
            Map.of("log.flush.interval.ms", Long.toString(Long.MAX_VALUE));

    private static final long RECOVERY_SEED = 9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Few retries and delays divided by 20: a smoke test of about three minutes.")
    private boolean quick;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "Any of lateness, parked, outage, dead-endpoint and recovery; by default all.")
    private List<String> scenarios = List.of();

    @Option(names = "--rate", description = "Retries per second through each tier; by default 1000.")
    private @Nullable Integer rate;

    @Option(names = "--seconds", description = "How long lateness is measured; by default 120.")
    private @Nullable Integer seconds;

    @Option(
            names = "--time-scale",
            description = "Divides the delays of lateness and parked; by default 1, the real thing.")
    private @Nullable Double timeScale;

    @Option(names = "--parked", description = "Retries that wait in the longest tier; by default 1000000.")
    private @Nullable Integer parked;

    @Option(
            names = "--outage-scale",
            description = "Divides the 15 minutes of the outage, and its delays; by default 60.")
    private @Nullable Double outageScale;

    @Option(
            names = "--dead-scale",
            description = "Divides the 30 dead minutes, and the delays meanwhile; by default 10.")
    private @Nullable Double deadScale;

    @Option(
            names = "--dead-rate",
            description = "Deliveries per second to all endpoints, a tenth to the one that dies; by default 600.")
    private @Nullable Integer deadRate;

    @Option(names = "--recovered", description = "Failed deliveries that are recovered; by default 100000.")
    private @Nullable Integer recovered;

    @Option(
            names = "--recovery-rate",
            description = "Deliveries per second that the recovery is told to put; by default 2000.")
    private @Nullable Double recoveryRate;

    @Option(
            names = "--flush",
            description =
                    "The broker flushes to disk every second, as the embedded one does, instead of leaving that to the"
                            + " system as Kafka's servers do: on a slow disk that holds up every commit.")
    private boolean flush;

    @Mixin
    private final SetupOptions setup = new SetupOptions("-XX:+UseParallelGC -Xmx256m");

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Options options = options();
        Consumer<String> progress = ProgressLines.timed(out);
        List<Chapter> chapters = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            Chapter chapter = play(scenario, options, line -> progress.accept(scenario + ": " + line));
            chapter.lines().forEach(out::println);
            chapters.add(chapter);
        }
        return report.conclude(new RetriesReport(chapters), quick);
    }

    private static Chapter play(Scenario scenario, Options options, Consumer<String> progress)
            throws IOException, InterruptedException {
        return switch (scenario) {
            case LATENESS -> LatenessPlay.play(options, progress);
            case PARKED -> new ParkedPlay(options, progress).play();
            case OUTAGE -> new OutagePlay(options, progress).play();
            case DEAD_ENDPOINT -> new DeadPlay(options, progress).play();
            case RECOVERY -> RecoveryPlay.play(options, progress);
        };
    }

    private Options options() {
        try {
            Options options = new Options(
                    chosen(),
                    requireNonNullElse(rate, quick ? 200 : 1_000),
                    Duration.ofSeconds(requireNonNullElse(seconds, quick ? 5 : 120)),
                    requireNonNullElse(timeScale, quick ? 20.0 : 1.0),
                    requireNonNullElse(parked, quick ? 20_000 : 1_000_000),
                    requireNonNullElse(outageScale, quick ? 180.0 : 60.0),
                    200,
                    new Options.Dead(
                            requireNonNullElse(deadScale, quick ? 90.0 : 10.0),
                            requireNonNullElse(deadRate, quick ? 100 : 600),
                            90,
                            Duration.ofSeconds(quick ? 10 : 40),
                            Duration.ofSeconds(quick ? 10 : 60)),
                    new RecoveryTrial.Plan(
                            requireNonNullElse(recovered, quick ? 2_000 : 100_000),
                            setup.setup().bodyBytes(),
                            requireNonNullElse(recoveryRate, quick ? 500.0 : 2_000.0),
                            RECOVERY_SEED,
                            setup.setup().settings()),
                    flush ? Map.of() : AS_SERVERS_FLUSH,
                    setup.setup());
            if (options.scenarios().contains(Scenario.PARKED)) {
                ParkedPlay.check(options);
            }
            return options;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Set<Scenario> chosen() {
        Set<Scenario> chosen = EnumSet.noneOf(Scenario.class);
        scenarios.forEach(name -> chosen.add(Scenario.of(name)));
        return chosen.isEmpty() ? EnumSet.allOf(Scenario.class) : chosen;
    }
}
