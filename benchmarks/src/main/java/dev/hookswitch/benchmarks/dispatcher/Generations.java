package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
import dev.hookswitch.benchmarks.process.CalmWait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Goes through the scenarios, each time with new processes: one process may be lucky with what its compiler made. */
final class Generations {
    private final Options options;
    private final Progress progress;
    private final CalmWait calm;
    private final Results results = new Results();

    Generations(Options options, Consumer<String> lines) {
        this.options = options;
        this.progress = new Progress(options, lines);
        this.calm = new CalmWait(options.patience(), lines);
    }

    /** Runs everything; only a failure ends it early. */
    Results run() throws IOException, InterruptedException {
        try (Stage stage = Stage.open(options)) {
            for (int number = 1; number <= options.generations(); number++) {
                for (Scenario scenario : options.scenarios()) {
                    Results ofGeneration = new Generation(options, stage, progress, calm, scenario, number).run();
                    progress.generation(number, ofGeneration);
                    ofGeneration.samples().forEach(results::add);
                }
            }
            if (options.profile()) {
                for (Scenario scenario : options.scenarios()) {
                    profile(stage, scenario);
                }
            }
        }
        return results;
    }

    /** One more dispatcher, recorded once it is warm. */
    private void profile(Stage stage, Scenario scenario) throws IOException, InterruptedException {
        Path recording = stage.folder().resolve("profile.jfr");
        double expectedPerSecond = results.figure(scenario, Contender.DISPATCHER, Sample::perSecond)
                .map(Spread::max)
                .orElseThrow();
        try (FedContender dispatcher =
                FedContender.start(options, stage, scenario, Contender.DISPATCHER, expectedPerSecond)) {
            var unused = dispatcher.warmUp();
            Window window = dispatcher.profiled(recording);
            progress.profile(scenario, window.done() / window.seconds(), Profile.of(recording));
        }
    }
}
