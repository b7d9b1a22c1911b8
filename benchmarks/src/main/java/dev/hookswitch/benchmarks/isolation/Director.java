package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Says what happens when. */
final class Director {
    private static final Duration LEAD_IN = Duration.ofSeconds(5);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);
    /** Until the receiver has written down the last request. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final int perSecond;
    private final int badPerSecond;
    private final Endpoints endpoints;
    private final Stage stage;
    private final PacedScene scene;
    private final Duration attemptDeadline;
    private final Consumer<String> progress;

    /** @param attemptDeadline of the endpoints' profile */
    Director(Options options, Stage stage, Duration attemptDeadline, Consumer<String> progress) {
        this.perSecond = options.perSecond();
        this.badPerSecond = options.badPerSecond();
        this.endpoints = options.layout();
        this.stage = stage;
        this.scene = stage.scene();
        this.attemptDeadline = attemptDeadline;
        this.progress = progress;
    }

    /**
     * Plays one round.
     *
     * @param index which bad endpoints are used
     * @param disturbed how long the bad ones have traffic; may be zero
     */
    Round play(String name, int index, Duration calm, Duration disturbed) throws InterruptedException {
        long leadMs = LEAD_IN.toMillis();
        long middleMs = leadMs + calm.toMillis();
        long endMs = middleMs + disturbed.toMillis();
        List<Stream> streams = new ArrayList<>();
        streams.add(new Stream(0, endMs, perSecond, endpoints.firstHealthy(), endpoints.healthy()));
        if (!disturbed.isZero()) {
            int each = badPerSecond / 2;
            streams.add(new Stream(middleMs, endMs, each, endpoints.firstSilent(index), endpoints.badOfKind()));
            streams.add(new Stream(middleMs, endMs, each, endpoints.firstDripping(index), endpoints.badOfKind()));
        }
        int firstNumber = scene.produced();
        long originNanos = scene.produce(streams);
        long startNanos = originNanos + leadMs * 1_000_000;
        long middleNanos = originNanos + middleMs * 1_000_000;
        long endNanos = originNanos + endMs * 1_000_000;
        await(startNanos, name + ", lead-in");
        Usage start = stage.usage();
        await(middleNanos, name + ", healthy traffic alone");
        Usage middle = stage.usage();
        await(endNanos, name + ", with bad traffic");
        Usage end = stage.usage();
        while (scene.producing()) {
            pause(LOOK);
        }
        return new Round(
                name,
                new Phase(name, false, startNanos, middleNanos),
                disturbed.isZero() ? null : new Phase(name, true, middleNanos, endNanos),
                start,
                middle,
                end,
                firstNumber,
                scene.produced());
    }

    /**
     * Heals the bad endpoints and lets everything that waits come back at once, until every delivery has ended or nothing
     * moves any more.
     */
    void release() throws IOException, InterruptedException {
        stage.heal(true);
        // What hangs ends by its deadline alone; until then its endpoint has no room.
        pause(attemptDeadline.plusSeconds(1));
        stage.hurry(true);
        long last = -1;
        long lastNanos = System.nanoTime();
        for (long open = scene.open(); open > 0; open = scene.open()) {
            if (open != last) {
                last = open;
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > NO_PROGRESS.toNanos()) {
                progress.accept(open + " deliveries do not come back");
                break;
            }
            pause(LOOK);
        }
        stage.hurry(false);
        stage.heal(false);
        settle();
    }

    /** Waits for the last requests of a round without bad ones. */
    void settle() throws InterruptedException {
        long giveUpNanos = System.nanoTime() + NO_PROGRESS.toNanos();
        while (scene.open() > 0 && System.nanoTime() - giveUpNanos < 0) {
            pause(LOOK);
        }
        pause(SETTLE);
    }

    private void await(long untilNanos, String what) throws InterruptedException {
        Usage before = stage.usage();
        for (long left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
            pause(Duration.ofNanos(Math.min(left, PROGRESS_EVERY.toNanos())));
            if (left > PROGRESS_EVERY.toNanos() * 3 / 2) {
                Usage now = stage.usage();
                progress.accept(String.format(
                        Locale.ROOT,
                        "%s, %d s left: %,d ended, %,d deferrals in the last %d s, machine %.0f %% busy",
                        what,
                        left / 1_000_000_000 - PROGRESS_EVERY.toSeconds(),
                        now.number(Usage.Part.DISPATCHER, "done") - before.number(Usage.Part.DISPATCHER, "done"),
                        now.number(Usage.Part.DISPATCHER, "deferred")
                                - before.number(Usage.Part.DISPATCHER, "deferred"),
                        PROGRESS_EVERY.toSeconds(),
                        100 * now.machine().busyShareSince(before.machine())));
                before = now;
            }
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
