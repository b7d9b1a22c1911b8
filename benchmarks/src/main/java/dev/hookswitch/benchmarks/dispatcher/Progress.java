package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.command.TimeLeft;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a run tells while it runs. */
final class Progress {
    /** What a window costs beside itself: a fill and a drain, or a rest and its end. */
    private static final double BESIDE_A_WINDOW_SECONDS = 7;

    private final Options options;
    private final Consumer<String> lines;
    private final TimeLeft left;

    Progress(Options options, Consumer<String> lines) {
        this.options = options;
        this.lines = lines;
        int processes = options.generations()
                * options.scenarios().stream()
                        .mapToInt(scenario -> Options.contenders(scenario).size())
                        .sum();
        int windows = processes * options.windows();
        left = new TimeLeft(processes * warmUpSeconds() + windows * windowSeconds(), windows);
    }

    private double warmUpSeconds() {
        return options.maxWarmUp().toSeconds();
    }

    private double windowSeconds() {
        return options.window().toSeconds() + BESIDE_A_WINDOW_SECONDS;
    }

    void warm(Scenario scenario, Contender contender, WarmUp warmUp, double perSecond) {
        left.did(warmUpSeconds());
        lines.accept(String.format(
                Locale.ROOT,
                "%s %-10s %-10s after %d s of load, the JIT compiler %s, %,.0f/s",
                left.prefix(),
                scenario.label(),
                contender.label(),
                warmUp.loaded().toSeconds(),
                warmUp.hasSettled() ? "settled" : "STILL BUSY",
                perSecond));
    }

    /** One more pair than was planned comes. */
    void oneMorePair() {
        left.oneMore(windowSeconds());
        left.oneMore(windowSeconds());
    }

    /** By the contender's own count; that of the committed rows comes with {@link #generation}. */
    void window(Scenario scenario, Contender contender, int pair, Window window) {
        left.didStep(windowSeconds());
        lines.accept(String.format(
                Locale.ROOT,
                "%s %-10s %-10s pair %d  %,9.0f/s %,9.0f/CPU-s  cores %.2f (JIT %.2f)  receiver %.2f  broker %.2f  stolen %.3f",
                left.prefix(),
                scenario.label(),
                contender.label(),
                pair,
                window.done() / window.seconds(),
                window.done() / window.cpuSeconds(),
                window.cpuSeconds() / window.seconds(),
                window.jitSeconds() / window.seconds(),
                window.receiverCpuSeconds() / window.seconds(),
                window.brokerCpuSeconds() / window.seconds(),
                window.stolenShare()));
    }

    /** So much was stolen that it counts only when there is no better one. */
    void disturbed(Scenario scenario, Pair pair) {
        lines.accept(String.format(Locale.ROOT, "%s %-10s disturbed: %s", left.prefix(), scenario.label(), pair));
    }

    /** What one contender has done in all windows of one process. */
    void generation(int generation, Results ofGeneration) {
        for (Scenario scenario : ofGeneration.scenarios()) {
            ofGeneration
                    .ratio(scenario, Contender.DISPATCHER, Contender.RAW, Sample::perCpuSecond)
                    .ifPresent(ratio -> lines.accept(String.format(
                            Locale.ROOT,
                            "generation %d  %s  dispatcher : raw, per CPU-s  %.2f (%.2f-%.2f)",
                            generation,
                            scenario.label(),
                            ratio.median(),
                            ratio.min(),
                            ratio.max())));
        }
        oddities(ofGeneration.samples());
    }

    private void oddities(List<Sample> samples) {
        for (Sample sample : samples) {
            if (sample.failed() + sample.deferred() + sample.unaccounted() > 0) {
                lines.accept(String.format(
                        Locale.ROOT,
                        "  pair %d  %s: failed %,d, deferred %,d, UNACCOUNTED %,d",
                        sample.pair(),
                        sample.contender().label(),
                        sample.failed(),
                        sample.deferred(),
                        sample.unaccounted()));
            }
        }
    }

    void profile(Scenario scenario, double perSecond, Profile profile) {
        lines.accept(String.format(Locale.ROOT, "profile of the dispatcher, %s, %,.0f/s", scenario.label(), perSecond));
        profile.lines().forEach(lines);
    }
}
