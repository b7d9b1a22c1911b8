package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.books.Ledger;
import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.profile.Profiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A whole run: pairs, the long round, the calm after it, and the books. */
final class Experiment {
    private final Options options;
    private final Consumer<String> progress;

    Experiment(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    Results run() throws IOException, InterruptedException {
        Duration deadline = Profiles.builtIn().get("standard").profile().attemptDeadline();
        try (Stage stage = Stage.open(options)) {
            Director director = new Director(options, stage, deadline, progress);
            warmUp(director);
            List<Results.Played> pairs = new ArrayList<>();
            for (int pair = 0; pair < options.pairs(); pair++) {
                pairs.add(disturbed(stage, director, "pair " + (pair + 1), pair + 1));
            }
            Results.Played whole = disturbed(stage, director, "long", options.pairs() + 1);
            Round calm = director.play("after", 0, options.longBaseline(), Duration.ZERO);
            director.settle();
            Results.Played after = shown(stage, calm);
            stage.stop();
            progress.accept("reading what was committed");
            Ledger ledger = new Ledger(calm.pastNumber(), options.layout()::isHealthy)
                    .enter(
                            stage.scene().requestLog(),
                            stage.scene().rig().bootstrapServers(),
                            stage.scene().topics().topics());
            Round longRound = whole.round();
            return new Results(
                    pairs,
                    whole,
                    after,
                    ledger.audit(),
                    ledger.standing(
                            longRound.firstNumber(),
                            longRound.pastNumber(),
                            longRound.end().number(Usage.Part.DISPATCHER, "epochMs")));
        }
    }

    /** Nothing of it counts, and nothing of it is left when the first round begins. */
    private void warmUp(Director director) throws IOException, InterruptedException {
        progress.accept(
                "warming up for " + options.warmUp().plus(options.shortPhase()).toSeconds() + " s");
        var unused = director.play("warm-up", 0, options.warmUp(), options.shortPhase());
        director.release();
    }

    private Results.Played disturbed(Stage stage, Director director, String name, int index)
            throws IOException, InterruptedException {
        boolean isLong = index == options.pairs() + 1;
        Round round = director.play(
                name,
                index,
                isLong ? options.longBaseline() : options.shortPhase(),
                isLong ? options.longPhase() : options.shortPhase());
        director.release();
        return shown(stage, round);
    }

    private Results.Played shown(Stage stage, Round round) throws IOException {
        Phase disturbed = round.disturbed();
        List<PhaseFigures> figures = Requests.figures(
                stage.scene(),
                options.layout(),
                options.perSecond(),
                disturbed == null ? List.of(round.calm()) : List.of(round.calm(), disturbed));
        Results.Played played = new Results.Played(round, figures.get(0), figures.get(figures.size() - 1));
        Tables.lines(played).forEach(progress);
        return played;
    }
}
