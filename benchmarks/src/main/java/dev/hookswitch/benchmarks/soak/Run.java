package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.books.Ledger;
import dev.hookswitch.benchmarks.load.DispatcherMain;
import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.receiver.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Load for a long time, and a look at the dispatcher now and then. */
final class Run {
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);

    private final Options options;
    private final Consumer<String> progress;

    Run(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    Results run() throws IOException, InterruptedException {
        PacedScene.Plan plan =
                new PacedScene.Plan(options.endpoints(), new Receiver.Behaviour(Duration.ZERO, 0, 0), options.setup());
        try (PacedScene scene = PacedScene.open(plan)) {
            Message before = scene.dispatcher().mark();
            List<Sample> samples = samples(scene);
            Message after = scene.dispatcher().mark();
            var unused = scene.awaitEnd(NO_PROGRESS);
            int produced = scene.produced();
            scene.stop();
            progress.accept("reading what was committed");
            Ledger ledger = new Ledger(produced, endpoint -> true)
                    .enter(
                            scene.requestLog(),
                            scene.rig().bootstrapServers(),
                            scene.topics().topics());
            double cores = (after.number("cpuNanos") - before.number("cpuNanos"))
                    / (double) (after.number("nanos") - before.number("nanos"));
            return new Results(samples, ledger.audit(), cores);
        }
    }

    private List<Sample> samples(PacedScene scene) throws InterruptedException {
        long originNanos = scene.produce(
                List.of(new Stream(0, options.length().toMillis(), options.perSecond(), 0, options.endpoints())));
        List<Sample> samples = new ArrayList<>();
        long count = options.length().dividedBy(options.every());
        for (long i = 1; i <= count; i++) {
            Pause.until(originNanos + i * options.every().toNanos());
            Message census = scene.dispatcher().ask(DispatcherMain.census());
            long ended = scene.dispatcher().mark().number("done");
            Sample sample = Sample.of(census, originNanos, ended, scene.produced() - ended);
            samples.add(sample);
            progress.accept(line(sample));
        }
        return samples;
    }

    private String line(Sample sample) {
        return String.format(
                Locale.ROOT,
                "%,.0f of %,d s: live heap %.1f MiB (%.0f before GC), RSS %.0f MiB, direct %.1f, %.0f threads, %,.0f files,"
                        + " %,d ended, %,d open",
                sample.seconds(),
                options.length().toSeconds(),
                sample.heapMib(),
                sample.heapBeforeMib(),
                sample.rssMib(),
                sample.directMib(),
                sample.threads(),
                sample.files(),
                sample.ended(),
                sample.open());
    }
}
