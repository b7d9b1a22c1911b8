package dev.hookswitch.standalone.demo;

import dev.hookswitch.console.cli.CommandContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hookswitch demo}. */
@Command(
        name = "demo",
        description =
                "Shows everything at work, here: plays telephony events to receivers of several tempers, and ends with"
                        + " a table of what was promised and what was seen. Exit status 1 when the two differ.")
public final class DemoCommand implements Callable<Integer> {
    /** Starting, the stream of events, and what comes after the last retry. */
    private static final Duration BESIDE_THE_TIERS = Duration.ofSeconds(20);

    private static final int LINES = 40;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "60",
            description = "Divides every retry delay: with 60, ten minutes are ten seconds. 1 runs it for real, in 13"
                    + " minutes, one delivery through all five tiers. Default: ${DEFAULT-VALUE}.")
    double timeScale = 60;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Empty or new folder to work in; it stays. Default: a temporary folder, removed at the end.")
    @Nullable Path data;

    @Option(names = "--keep", description = "Keeps the temporary folder.")
    boolean keep;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Writes demo.md, demo.svg and demo.json there (of a run at scale 1 demo-real-time.*); in the"
                    + " repository that is docs/reports. Default: writes none.")
    @Nullable Path report;

    private final CommandContext context;

    /** @param context the process */
    public DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = folder();
        boolean passed = false;
        try {
            passed = run(folder);
        } finally {
            if (data == null && !keep && passed) {
                remove(folder);
            } else {
                context.out().println("data and log are in " + folder);
            }
        }
        return passed ? 0 : 1;
    }

    private boolean run(Path folder) throws Exception {
        // Before the first logger: the terminal belongs to the demonstration.
        System.setProperty("hookswitch.log.file", folder.resolve("demo.log").toString());
        Duration length = Journey.length(timeScale).plus(BESIDE_THE_TIERS);
        Progress progress = new Progress(
                context.out(), Boolean.getBoolean("hookswitch.terminal"), System::nanoTime, tellEvery(length));
        progress.say("Hookswitch demo, everything on this machine. Retry delays are divided by " + scale()
                + ": ten minutes become " + Tables.seconds(600 / timeScale) + ".");
        progress.say("It takes about " + minutes(length) + ".");
        progress.say("For this run alone, webhooks may go to 127.0.0.0/8 and over plain http.");
        Demo demo = new Demo(context, progress, timeScale);
        Evidence evidence = demo.run(folder);
        Verdict verdict = Verdict.of(evidence);
        Summary summary = new Summary(evidence, verdict, demo.firstWebhookSeconds());
        progress.say("");
        summary.lines().forEach(progress::say);
        if (report != null) {
            summary.report(report, System.getProperty("hookswitch.commit", "unknown"));
        }
        return verdict.allMet();
    }

    /** About forty lines, whatever the scale; once a second at the most. */
    private static Duration tellEvery(Duration length) {
        Duration every = length.dividedBy(LINES);
        return every.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : every;
    }

    private static String minutes(Duration length) {
        return length.toSeconds() < 120
                ? length.toSeconds() + " seconds"
                : Math.round(length.toSeconds() / 60.0) + " minutes";
    }

    private String scale() {
        return timeScale == Math.rint(timeScale)
                ? String.format(Locale.ROOT, "%.0f", timeScale)
                : String.valueOf(timeScale);
    }

    private Path folder() throws IOException {
        if (data == null) {
            return Files.createTempDirectory("hookswitch-demo-");
        }
        Files.createDirectories(data);
        try (Stream<Path> files = Files.list(data)) {
            if (files.findAny().isPresent()) {
                throw new IOException("--data " + data + " must be an empty or new folder");
            }
        }
        return data;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> childrenFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : childrenFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
