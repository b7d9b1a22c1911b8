package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.RawClientMain;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Pause;
import java.io.IOException;
import java.util.List;

/** The raw client in one process, which rests whenever it is neither warmed up nor measured. */
final class RawContender implements AutoCloseable {
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    private final Options options;
    private final Stage stage;
    private final ChildProcess receiver;
    private final ChildProcess child;
    private Message before;
    private double perSecond;

    private RawContender(Options options, Stage stage, ChildProcess receiver, ChildProcess child)
            throws InterruptedException {
        this.options = options;
        this.stage = stage;
        this.receiver = receiver;
        this.child = child;
        this.before = child.mark();
    }

    /** Starts it, resting. */
    static RawContender start(Options options, Stage stage, Scenario scenario)
            throws IOException, InterruptedException {
        Stage.Site site = stage.site(scenario);
        int inFlight = scenario.inFlight(options.lanes(), options.perEndpoint());
        var command = RawClientMain.command(
                site.targets(), options.setup().bodyBytes(), options.ioThreads(), inFlight, ENDLESS);
        ChildProcess child = stage.contender(Contender.RAW, command, List.of());
        RawContender raw = new RawContender(options, stage, site.receiver(), child);
        raw.rest();
        return raw;
    }

    WarmUp warmUp() throws InterruptedException {
        goOn();
        WarmUp warmUp = new WarmUp(options.warmUp(), options.maxWarmUp());
        Message from = child.mark();
        do {
            Pause.of(WarmUp.STRETCH);
            Message to = child.mark();
            Stretch stretch = Stretch.of(from, to, message -> message.number("done"));
            warmUp.undisturbed(stretch.time(), stretch.jit());
            perSecond = stretch.perSecond();
            from = to;
        } while (!warmUp.isOver());
        rest();
        return warmUp;
    }

    Window window() throws InterruptedException {
        goOn();
        Pause.of(UnderLoad.SETTLE);
        Window window = Window.measure(options.window(), stage.broker(), receiver, child, before, from -> ENDLESS);
        before = window.to();
        rest();
        return window;
    }

    /** As of late. */
    double perSecond() {
        return perSecond;
    }

    private void goOn() throws InterruptedException {
        var unused = child.ask(RawClientMain.goOn());
    }

    private void rest() throws InterruptedException {
        Message answer = child.ask(RawClientMain.rest());
        if (!Boolean.parseBoolean(answer.text("whole"))) {
            throw new IllegalStateException("the raw client does not come to rest");
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
