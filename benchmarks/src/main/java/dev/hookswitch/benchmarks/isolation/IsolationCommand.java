package dev.hookswitch.benchmarks.isolation;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--partitions", defaultValue = "6", description = "Partitions; by default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            description = "Size of each body; by default ${DEFAULT-VALUE}.")
    private int bodyBytes;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the dispatcher; may be repeated.")
    private Map<String, String> settings = new HashMap<>();

    @Option(
            names = "--jvm-flags",
            defaultValue = "-XX:+UseParallelGC -Xms1g -Xmx1g",
            description = "Of the dispatcher; by default ${DEFAULT-VALUE}.")
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
        Results results = new Experiment(options, line -> {
                    Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
                    out.printf("[%d:%02d] %s%n", spent.toMinutes(), spent.toSecondsPart(), line);
                    out.flush();
                })
                .run();
        IsolationReport made = new IsolationReport(options, results);
        made.lines().forEach(out::println);
        Path folder = folder();
        if (folder != null) {
            made.write(folder, System.getProperty("hookswitch.commit", "unknown"), command());
            out.println();
            out.println("written: " + folder.resolve("dispatcher-isolation.md"));
        }
        out.flush();
        return made.allMet() ? 0 : 1;
    }

    private Options options() {
        Duration whole = Duration.ofSeconds(or(seconds, quick ? 20 : 600));
        try {
            return new Options(
                    endpoints,
                    rate,
                    or(pairs, quick ? 1 : 5),
                    Duration.ofSeconds(or(pairSeconds, quick ? 10 : 20)),
                    whole,
                    Duration.ofSeconds(Math.max(10, whole.toSeconds() / 10)),
                    Duration.ofSeconds(or(warmUp, quick ? 10 : 40)),
                    partitions,
                    bodyBytes,
                    List.of(jvmFlags.strip().split(" +")),
                    settings);
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
