package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--partitions", defaultValue = "6", description = "Partitions; by default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            description = "Size of each body; by default ${DEFAULT-VALUE}.")
    private int bodyBytes;

    @Option(
            names = "--spread",
            defaultValue = "ADDRESSES",
            description = "How endpoints differ: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Targets.Spread spread;

    @Option(
            names = "--jvm-flags",
            defaultValue = "-XX:+UseParallelGC -Xms1g -Xmx1g",
            description = "Of all contenders; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String jvmFlags;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the dispatcher, to measure what it changes; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--profile",
            description = "Also runs the dispatcher under the flight recorder and prints where its time goes.")
    private boolean profile;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where the report is written; by default docs/reports, with --quick nowhere.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Options options = options();
        Results results = new Generations(options, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        DispatcherReport made = new DispatcherReport(options, results);
        made.lines().forEach(out::println);
        Path folder = folder();
        if (folder != null) {
            made.write(folder, System.getProperty("hookswitch.commit", "unknown"), command());
            out.println();
            out.println("written: " + folder.resolve("dispatcher.md"));
        }
        out.flush();
        return quick || made.allMet() ? 0 : 1;
    }

    private Options options() {
        List<Scenario> read = new ArrayList<>();
        String wanted = scenarios != null ? scenarios : quick ? QUICK_SCENARIOS : SCENARIOS;
        try {
            for (String scenario : wanted.split(",", -1)) {
                read.add(Scenario.parse(scenario));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--scenarios: " + e.getMessage(), e);
        }
        if (or(generations, 1) < 1 || or(windows, 1) < 1) {
            throw new ParameterException(spec.commandLine(), "--generations and --windows must be 1 or more");
        }
        return new Options(
                read,
                or(generations, quick ? 1 : 2),
                or(windows, quick ? 1 : 3),
                Duration.ofSeconds(or(warmUp, quick ? 1 : 8)),
                Duration.ofSeconds(Math.max(or(warmUp, 0), or(maxWarmUp, quick ? 1 : 75))),
                Duration.ofSeconds(or(window, quick ? 1 : 10)),
                lanes,
                ioThreads,
                perEndpoint,
                partitions,
                bodyBytes,
                spread,
                List.of(jvmFlags.strip().split(" +")),
                settings,
                profile);
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
