package dev.hookswitch.benchmarks.soak;

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
            defaultValue = "-XX:+UseParallelGC -Xmx512m",
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
        Results results = new Run(options, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        SoakReport made = new SoakReport(options, results);
        made.lines().forEach(out::println);
        Path folder = folder();
        if (folder != null) {
            made.write(folder, System.getProperty("hookswitch.commit", "unknown"), command());
            out.println();
            out.println("written: " + folder.resolve("dispatcher-soak.md"));
        }
        out.flush();
        return made.allMet() ? 0 : 1;
    }

    private Options options() {
        try {
            return new Options(
                    or(endpoints, quick ? 1_000 : 10_000),
                    rate,
                    minutes == null && quick ? Duration.ofSeconds(45) : Duration.ofMinutes(or(minutes, 10)),
                    Duration.ofSeconds(or(every, quick ? 3 : 10)),
                    partitions,
                    bodyBytes,
                    List.of(jvmFlags.strip().split(" +", -1)),
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
