package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Says what happens when. */
final class Director {
    private static final Duration LEAD_IN = Duration.ofSeconds(5);
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
        int firstNumber = scene.produced();
        long originNanos = scene.produce(streams(index, middleMs, endMs));
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
            Pause.of(LOOK);
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

    /** Traffic to the healthy endpoints, and from the middle on to the bad ones of this index. */
    private List<Stream> streams(int index, long middleMs, long endMs) {
        List<Stream> streams = new ArrayList<>();
        streams.add(new Stream(0, endMs, perSecond, endpoints.firstHealthy(), endpoints.healthy()));
        if (middleMs < endMs) {
            int each = badPerSecond / 2;
            streams.add(new Stream(middleMs, endMs, each, endpoints.firstSilent(index), endpoints.badOfKind()));
            streams.add(new Stream(middleMs, endMs, each, endpoints.firstDripping(index), endpoints.badOfKind()));
        }
        return streams;
    }

    /**
     * Heals the bad endpoints and lets everything that waits come back at once, until every delivery has ended or nothing
     * moves any more.
     */
    void release() throws IOException, InterruptedException {
        scene.heal(true);
        // What hangs ends by its deadline alone; until then its endpoint has no room.
        Pause.of(attemptDeadline.plusSeconds(1));
        stage.hurry(true);
        long open = scene.awaitEnd(NO_PROGRESS);
        if (open > 0) {
            progress.accept(open + " deliveries do not come back");
        }
        stage.hurry(false);
        scene.heal(false);
        settle();
    }

    /** Waits for the last requests of a round without bad ones. */
    void settle() throws InterruptedException {
        var unused = scene.awaitEnd(NO_PROGRESS);
        Pause.of(SETTLE);
    }

    private void await(long untilNanos, String what) throws InterruptedException {
        AtomicReference<Usage> lastUsage = new AtomicReference<>(stage.usage());
        Pause.until(untilNanos, secondsLeft -> {
            Usage now = stage.usage();
            Usage before = lastUsage.getAndSet(now);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s, %d s left: %,d ended, %,d deferrals in the last %d s, machine %.0f %% busy",
                    what,
                    secondsLeft,
                    now.number(Usage.Part.DISPATCHER, "done") - before.number(Usage.Part.DISPATCHER, "done"),
                    now.number(Usage.Part.DISPATCHER, "deferred") - before.number(Usage.Part.DISPATCHER, "deferred"),
                    Pause.TELLING_EVERY.toSeconds(),
                    100 * now.machine().busyShareSince(before.machine())));
        });
    }
}
