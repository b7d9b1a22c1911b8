package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.process.FreePorts;
import dev.hookswitch.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Two consoles, one whose log is empty and one whose log is full, asked the same in turn. */
final class Trial {
    /** Within the retention, with room for the run. */
    private static final Duration SPAN = Duration.ofDays(29);

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    private static final long SEED = 5;

    private final Options options;
    private final Consumer<String> progress;
    private final Random random = new Random(SEED);

    Trial(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    Results run() throws IOException, InterruptedException {
        FreePorts ports = FreePorts.ofThisProcess();
        try (Rig rig = Rig.open();
                Site empty = Site.open("empty", rig, options.setup(), ports);
                Site full = Site.open("full", rig, options.setup(), ports)) {
            full.stop();
            Past past = new Past(full.endpoint(), Instant.now(), SPAN, options.deliveries());
            say("writing %,d deliveries as dispatchers would have", options.deliveries());
            past.write(rig.bootstrapServers(), full.topics().topics());
            say("a console reads them");
            full.start();
            Building building = Building.watch(full.api(), 2.0 * options.deliveries(), BUILD_LIMIT);
            say("%,.0f rows per second", building.rowsPerSecond());
            // What was in memory comes to files.
            full.stop();
            long bytes = bytes(full.folder());
            full.start();
            return new Results(building, bytes, asked(empty, full, past));
        }
    }

    private List<Results.Asked> asked(Site empty, Site full, Past past) throws IOException, InterruptedException {
        List<Series> all = Question.all().stream().map(Series::new).toList();
        say("asking, to warm up");
        for (Series series : all) {
            for (int i = 0; i < options.warmUp(); i++) {
                Api.Page unused = ask(series, empty, past);
                series.rows = ask(series, full, past).size();
            }
        }
        for (int round = 0; round < options.rounds(); round++) {
            say("round %d of %d", round + 1, options.rounds());
            for (Series series : all) {
                for (int i = 0; i < options.calls(); i++) {
                    series.empty.add(ask(series, empty, past).nanos() / 1e6);
                    series.full.add(ask(series, full, past).nanos() / 1e6);
                }
            }
        }
        return all.stream().map(Series::asked).toList();
    }

    private Api.Page ask(Series series, Site site, Past past) throws IOException, InterruptedException {
        String cursor = past.id(random.nextInt(past.deliveries()));
        return site.api().page(series.question.target().of(site.deliveries(), cursor));
    }

    /** The answers to one question so far. */
    private static final class Series {
        final Question question;
        final List<Double> empty = new ArrayList<>();
        final List<Double> full = new ArrayList<>();
        int rows;

        Series(Question question) {
            this.question = question;
        }

        Results.Asked asked() {
            return new Results.Asked(question, rows, latencies(empty), latencies(full));
        }

        private static Latencies latencies(List<Double> ms) {
            return Latencies.of(ms.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void say(String line, Object... values) {
        progress.accept(String.format(Locale.ROOT, line, values));
    }
}
