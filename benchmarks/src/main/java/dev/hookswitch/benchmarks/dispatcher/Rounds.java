package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Goes through the scenarios round by round. What is compared runs one after the other, and the order within a pair turns
 * with every round, so that drift of the machine hits both alike.
 */
final class Rounds {
    private final Options options;
    private final Consumer<String> progress;
    private final Results results = new Results();
    private int done;

    Rounds(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs everything; only a failure ends it early. */
    Results run() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        try (Stage stage = Stage.open(options)) {
            Trial trial = new Trial(options, stage);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Scenario scenario : options.scenarios()) {
                    for (Contender contender : order(scenario, round)) {
                        take(run(trial, scenario, contender, round), startNanos);
                    }
                }
            }
            if (options.profile()) {
                profile(trial, stage);
            }
        }
        return results;
    }

    /** The usual alternative is compared where the receiver takes its time. */
    private static List<Contender> order(Scenario scenario, int round) {
        List<Contender> order = new ArrayList<>();
        // In the first round the raw client also tells how much work there must be for the others.
        order.add(round % 2 == 1 ? Contender.RAW : Contender.DISPATCHER);
        order.add(round % 2 == 1 ? Contender.DISPATCHER : Contender.RAW);
        if (!scenario.instant()) {
            order.add(Contender.USUAL);
        }
        return order;
    }

    private Sample run(Trial trial, Scenario scenario, Contender contender, int round)
            throws IOException, InterruptedException {
        return switch (contender) {
            case RAW -> trial.raw(scenario, round);
            case DISPATCHER -> trial.dispatcher(scenario, round, rawRate(scenario));
            case USUAL -> trial.usual(scenario, round, usualRate(scenario));
        };
    }

    /** The dispatcher is not faster than its client. */
    private double rawRate(Scenario scenario) {
        return results.figure(scenario, Contender.RAW, Sample::perSecond)
                .map(Spread::max)
                .orElseThrow();
    }

    private double usualRate(Scenario scenario) {
        double ceiling =
                options.partitions() * 1000.0 / Math.max(1, scenario.delay().toMillis());
        return Math.min(rawRate(scenario), ceiling);
    }

    private void take(Sample sample, long startNanos) {
        results.add(sample);
        done++;
        int all = options.rounds()
                * options.scenarios().stream()
                        .mapToInt(scenario -> order(scenario, 1).size())
                        .sum();
        Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
        Duration left = spent.multipliedBy(all - done).dividedBy(done);
        progress.accept(String.format(
                Locale.ROOT,
                "[%d/%d, %d:%02d left] round %d  %-10s %-10s %,9.0f/s %,9.0f/CPU-s  p50 %.1f ms  p99 %.1f ms  cores %.2f (JIT %.2f)"
                        + "  receiver %.2f  broker %.2f%s",
                done,
                all,
                left.toMinutes(),
                left.toSecondsPart(),
                sample.round(),
                sample.scenario().label(),
                sample.contender().label(),
                sample.perSecond(),
                sample.perCpuSecond(),
                sample.p50Ms(),
                sample.p99Ms(),
                sample.cores(),
                sample.jitCores(),
                sample.receiverCores(),
                sample.brokerCores(),
                oddities(sample)));
    }

    private static String oddities(Sample sample) {
        return (sample.failed() > 0 ? "  failed " + sample.failed() : "")
                + (sample.deferred() > 0 ? "  deferred " + sample.deferred() : "")
                + (sample.unaccounted() > 0 ? "  UNACCOUNTED " + sample.unaccounted() : "");
    }

    private void profile(Trial trial, Stage stage) throws IOException, InterruptedException {
        for (Scenario scenario : options.scenarios()) {
            Path recording = stage.folder().resolve("profile.jfr");
            Sample sample = trial.profiled(scenario, rawRate(scenario), recording);
            progress.accept(String.format(
                    Locale.ROOT, "profile of the dispatcher, %s, %,.0f/s", scenario.label(), sample.perSecond()));
            Profile.of(recording).lines().forEach(progress);
        }
    }
}
