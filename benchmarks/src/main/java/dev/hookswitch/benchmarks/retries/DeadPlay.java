package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.books.Audit;
import dev.hookswitch.benchmarks.books.Ledger;
import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.RequestLog;
import dev.hookswitch.benchmarks.rig.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One endpoint has a tenth of the traffic, takes everything and answers nothing for a while, and comes back. */
final class DeadPlay {
    private static final int DYING = 0;
    private static final List<String> DISPATCHER_FLAGS = List.of("-XX:+UseParallelGC", "-Xms1g", "-Xmx1g");
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(90);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Options options;
    private final Options.Dead dead;
    private final Consumer<String> progress;

    DeadPlay(Options options, Consumer<String> progress) {
        this.options = options;
        this.dead = options.dead();
        this.progress = progress;
    }

    Chapter play() throws IOException, InterruptedException {
        Setup setup = options.setup()
                .with(Map.of(
                        "dispatcher.max-per-second-per-endpoint",
                        Integer.toString(dead.cap()),
                        "retry.time-scale",
                        Double.toString(dead.timeScale())))
                .withFlags(DISPATCHER_FLAGS);
        PacedScene.Plan plan =
                new PacedScene.Plan(dead.endpoints() + 1, new Receiver.Behaviour(Duration.ZERO, 1, 0), setup);
        try (PacedScene scene = PacedScene.open(plan);
                ChildProcess scheduler = scene.rig()
                        .start(
                                "scheduler",
                                SchedulerMain.command(scene.topics().settings())
                                        .withFlags(options.setup().jvmFlags()))
                        .process()) {
            return played(scene, scheduler);
        }
    }

    private Chapter played(PacedScene scene, ChildProcess scheduler) throws IOException, InterruptedException {
        scene.heal(true);
        Duration wholly = dead.warmUp()
                .plus(dead.calm())
                .plus(dead.dead())
                .plus(dead.recovery())
                .plus(dead.calm());
        long originNanos = scene.produce(List.of(
                new Stream(0, wholly.toMillis(), dead.perSecond() - dead.dyingPerSecond(), DYING + 1, dead.endpoints()),
                new Stream(0, wholly.toMillis(), dead.dyingPerSecond(), DYING, 1)));
        List<Long> borders = new ArrayList<>();
        List<Usage> usages = new ArrayList<>();
        borders.add(pass(originNanos, dead.warmUp(), "warming up"));
        usages.add(scene.usage(scheduler));
        borders.add(pass(borders.get(0), dead.calm(), "calm"));
        usages.add(scene.usage(scheduler));
        scene.heal(false);
        borders.add(pass(borders.get(1), dead.dead(), "the endpoint is dead"));
        scene.heal(true);
        usages.add(scene.usage(scheduler));
        borders.add(pass(borders.get(2), dead.recovery(), "the endpoint is back"));
        usages.add(scene.usage(scheduler));
        borders.add(pass(borders.get(3), dead.calm(), "calm"));
        usages.add(scene.usage(scheduler));
        var unused = scene.awaitEnd(NO_PROGRESS);
        // Until the receiver has written down the last request.
        Pause.of(SETTLE);
        int produced = scene.produced();
        var unusedToo = scheduler.stop(STOP_LIMIT);
        scene.stop();
        return DeadReport.chapter(options, read(scene, originNanos, borders), audit(scene, produced), usages);
    }

    private static Audit audit(PacedScene scene, int produced) throws IOException {
        return new Ledger(produced, endpoint -> endpoint != DYING)
                .enter(
                        scene.requestLog(),
                        scene.rig().bootstrapServers(),
                        scene.topics().topics())
                .audit();
    }

    /**
     * What the receiver saw.
     *
     * @param others of the healthy endpoints, in each phase
     * @param comeback of the other one
     */
    record Seen(List<PhaseFigures> others, Comeback comeback) {}

    private Seen read(PacedScene scene, long originNanos, List<Long> borders) throws IOException {
        int perSecond = dead.perSecond() - dead.dyingPerSecond();
        List<PhaseFigures.Builder> phases = new ArrayList<>();
        List<String> names = List.of("calm before", "dead", "back", "calm after");
        for (int i = 0; i < names.size(); i++) {
            boolean disturbed = i == 1 || i == 2;
            Phase phase = new Phase(names.get(i), disturbed, borders.get(i), borders.get(i + 1));
            phases.add(new PhaseFigures.Builder(phase, perSecond, scene.stolen()::isOurs));
        }
        int seconds = (int) ((borders.get(4) - originNanos) / 1_000_000_000L);
        Comeback.Builder comeback =
                new Comeback.Builder(originNanos, seconds, borders.get(1), borders.get(2), dead.cap());
        BitSet met = new BitSet();
        RequestLog.read(scene.requestLog(), (stamp, arrivedNanos) -> {
            if (stamp.endpoint() == DYING) {
                comeback.take(stamp.dueNanos(), arrivedNanos);
            } else if (!met.get((int) stamp.number())) {
                met.set((int) stamp.number());
                phases.forEach(phase -> phase.take(stamp.dueNanos(), arrivedNanos));
            }
        });
        return new Seen(phases.stream().map(PhaseFigures.Builder::build).toList(), comeback.build());
    }

    /** Waits until so long after a moment; answers that time. */
    private long pass(long fromNanos, Duration time, String what) throws InterruptedException {
        long untilNanos = fromNanos + time.toNanos();
        Pause.until(
                untilNanos,
                secondsLeft -> progress.accept(String.format(Locale.ROOT, "%s, %d s left", what, secondsLeft)));
        progress.accept(what + ": over");
        return untilNanos;
    }
}
