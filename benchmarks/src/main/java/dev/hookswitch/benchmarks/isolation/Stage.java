package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.benchmarks.receiver.Receiver;
import java.io.IOException;
import java.time.Duration;

/** The processes of a run: a paced scene and the tiers of the retry scheduler. */
final class Stage implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** Ten minutes in a tier are one second. */
    private static final int HURRIED = 600;

    private final PacedScene scene;
    private final ChildProcess scheduler;

    private Stage(PacedScene scene) throws IOException, InterruptedException {
        this.scene = scene;
        this.scheduler = scene.rig()
                .start("scheduler", SchedulerMain.command(scene.topics().settings()))
                .process();
    }

    static Stage open(Options options) throws IOException, InterruptedException {
        Endpoints endpoints = options.layout();
        PacedScene scene = PacedScene.open(new PacedScene.Plan(
                endpoints.count(),
                new Receiver.Behaviour(Duration.ZERO, endpoints.silent(), endpoints.dripping()),
                options.setup()));
        try {
            return new Stage(scene);
        } catch (IOException | RuntimeException | InterruptedException e) {
            scene.close();
            throw e;
        }
    }

    Usage usage() throws InterruptedException {
        return scene.usage(scheduler);
    }

    /** From now on nothing waits long in a tier, or again as long as it should. */
    void hurry(boolean now) throws InterruptedException {
        var unused = scheduler.ask(SchedulerMain.timeScale(now ? HURRIED : 1));
    }

    /** Stops everything that writes. */
    void stop() throws InterruptedException {
        var unused = scheduler.stop(STOP_LIMIT);
        scheduler.close();
        scene.stop();
    }

    PacedScene scene() {
        return scene;
    }

    @Override
    public void close() {
        scene.close();
    }
}
