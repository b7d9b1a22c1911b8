package dev.hookswitch.benchmarks.retries;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench retries}. */
@Command(
        name = "retries",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that retries come when they are due: at a rate through every tier, beside very many that wait, after the",
            "scheduler was gone, and when an endpoint that was dead comes back. Exit status 1 when a goal is not met."
        })
public final class RetriesCommand implements Callable<Integer> {
    /** The default of Kafka's servers, which rely on replicas. */
    private static final Map<String, String> AS_SERVERS_FLUSH =
            Map.of("log.flush.interval.ms", Long.toString(Long.MAX_VALUE));

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
            description = "Any of lateness, parked, outage and dead-endpoint; by default all.")
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

    @Option(names = "--partitions", defaultValue = "6", description = "Partitions; by default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            description = "Size of each body; by default ${DEFAULT-VALUE}.")
    private int bodyBytes;

    @Option(
            names = "--flush",
            description =
                    "The broker flushes to disk every second, as the embedded one does, instead of leaving that to the"
                            + " system as Kafka's servers do: on a slow disk that holds up every commit.")
    private boolean flush;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the roles; may be repeated.")
    private Map<String, String> settings = new HashMap<>();

    @Option(
            names = "--jvm-flags",
            defaultValue = "-XX:+UseParallelGC -Xmx256m",
            description = "Of the scheduler; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String jvmFlags;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where the report is written; by default docs/reports, with --quick nowhere.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Options options = options();
        long startNanos = System.nanoTime();
        List<Chapter> chapters = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            Chapter chapter = play(scenario, options, line -> {
                Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
                out.printf("[%d:%02d] %s: %s%n", spent.toMinutes(), spent.toSecondsPart(), scenario, line);
                out.flush();
            });
            RetriesReport.lines(chapter).forEach(out::println);
            chapters.add(chapter);
        }
        RetriesReport made = new RetriesReport(chapters);
        made.goals().forEach(out::println);
        Path folder = folder();
        if (folder != null) {
            made.write(folder, System.getProperty("hookswitch.commit", "unknown"), command());
            out.println();
            out.println("written: " + folder.resolve(RetriesReport.NAME + ".md"));
        }
        out.flush();
        return made.allMet() ? 0 : 1;
    }

    private static Chapter play(Scenario scenario, Options options, Consumer<String> progress)
            throws IOException, InterruptedException {
        return switch (scenario) {
            case LATENESS -> LatenessPlay.play(options, progress);
            case PARKED -> new ParkedPlay(options, progress).play();
            case OUTAGE -> new OutagePlay(options, progress).play();
            case DEAD_ENDPOINT -> new DeadPlay(options, progress).play();
        };
    }

    private Options options() {
        try {
            Options options = new Options(
                    chosen(),
                    or(rate, quick ? 200 : 1_000),
                    Duration.ofSeconds(or(seconds, quick ? 5 : 120)),
                    or(timeScale, quick ? 20.0 : 1.0),
                    or(parked, quick ? 20_000 : 1_000_000),
                    or(outageScale, quick ? 180.0 : 60.0),
                    200,
                    new Options.Dead(
                            or(deadScale, quick ? 90.0 : 10.0),
                            or(deadRate, quick ? 100 : 600),
                            90,
                            Duration.ofSeconds(quick ? 10 : 40),
                            Duration.ofSeconds(quick ? 10 : 60)),
                    partitions,
                    bodyBytes,
                    flush ? Map.of() : AS_SERVERS_FLUSH,
                    List.of(jvmFlags.strip().split(" +", -1)),
                    settings);
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

    private static <T> T or(@Nullable T given, T otherwise) {
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
