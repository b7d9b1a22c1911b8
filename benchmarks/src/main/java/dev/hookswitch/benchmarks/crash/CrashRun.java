package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.command.TimeLeft;
import dev.hookswitch.benchmarks.process.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes the steps one after the other. */
final class CrashRun {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** Longer than the session time-out: both have had to do with each other by then. */
    private static final Duration TWIN_TIME = Duration.ofSeconds(8);

    private static final Duration AFTER_RESUME = Duration.ofSeconds(2);
    private static final String INSTANCE = "crash";
    private static final String OTHER_INSTANCE = "crash-other";
    private static final Step LEFT_ALONE = new Step(Fault.NONE, Duration.ZERO, Duration.ZERO, true);

    private final Scene scene;
    private final Consumer<String> progress;
    private int uncleanStops;
    private long faultMs;

    CrashRun(Scene scene, Consumer<String> progress) {
        this.scene = scene;
        this.progress = progress;
    }

    /** All steps, and a last one in which nothing happens until every delivery has ended. */
    List<Episode> run(List<Step> steps) throws IOException, InterruptedException {
        List<Episode> episodes = new ArrayList<>();
        TimeLeft left = new TimeLeft(steps.size(), steps.size());
        for (Step step : steps) {
            episodes.add(make(step));
            left.didStep(1);
            tell(left.prefix(), episodes, steps);
        }
        progress.accept("waiting until every delivery has ended");
        episodes.add(make(LEFT_ALONE));
        return episodes;
    }

    private void tell(String prefix, List<Episode> episodes, List<Step> steps) {
        Episode last = episodes.get(episodes.size() - 1);
        progress.accept(String.format(
                Locale.ROOT,
                "%s %-6s %d of %d  POSTs after %4.1f s  fault %,5d ms later  %,6d POSTs",
                prefix,
                last.fault().label(),
                episodes.stream().filter(other -> other.fault() == last.fault()).count(),
                steps.stream().filter(other -> other.fault() == last.fault()).count(),
                last.untilServing().toMillis() / 1000.0,
                last.step().after().toMillis(),
                last.posts()));
    }

    private Episode make(Step step) throws IOException, InterruptedException {
        long fromMs = scene.nowMs();
        long posts = scene.posts();
        uncleanStops = 0;
        try (ServiceProcess dispatcher = scene.startDispatcher(INSTANCE)) {
            dispatcher.awaitReady(READY_LIMIT);
            if (step.fault() != Fault.NONE) {
                scene.awaitPostsAfter(posts);
            }
            long firstPostMs = scene.nowMs();
            scene.goOn(step.after());
            faultMs = scene.nowMs();
            switch (step.fault()) {
                case KILL -> dispatcher.kill();
                case TERM -> terminate(dispatcher);
                case ZOMBIE -> zombie(step, dispatcher);
                case TWIN -> twin(step, dispatcher);
                case NONE -> {
                    scene.settle();
                    terminate(dispatcher);
                }
            }
            return new Episode(step, fromMs, firstPostMs, faultMs, scene.nowMs(), scene.posts() - posts, uncleanStops);
        }
    }

    private void terminate(ServiceProcess dispatcher) throws InterruptedException {
        if (dispatcher.terminate(STOP_LIMIT) != ServiceProcess.ENDED_BY_SIGTERM) {
            uncleanStops++;
        }
    }

    private void zombie(Step step, ServiceProcess zombie) throws IOException, InterruptedException {
        zombie.pause();
        try (ServiceProcess other = scene.startDispatcher(OTHER_INSTANCE)) {
            other.awaitReady(READY_LIMIT);
            scene.awaitPostsAfter(scene.posts());
            scene.goOn(step.overlap());
            zombie.resume();
            scene.goOn(AFTER_RESUME);
            endBoth(step, zombie, other);
        }
    }

    private void twin(Step step, ServiceProcess dispatcher) throws IOException, InterruptedException {
        try (ServiceProcess twin = scene.startDispatcher(INSTANCE)) {
            scene.goOn(TWIN_TIME.plus(step.overlap()));
            endBoth(step, dispatcher, twin);
        }
    }

    /** Each is stopped cleanly, the second not before it has served alone. */
    private void endBoth(Step step, ServiceProcess one, ServiceProcess other) throws InterruptedException {
        terminate(step.firstEndsFirst() ? one : other);
        scene.awaitPostsAfter(scene.posts());
        terminate(step.firstEndsFirst() ? other : one);
    }
}
