package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.DispatcherMain;
import dev.hookswitch.benchmarks.load.UsualMain;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A contender that reads a topic, in one process with topics of its own. It is under load as long as something is left of
 * the chunk that the topic was filled with, and rests when that is drained.
 */
final class FedContender implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final double FORGETS = 0.7;
    private static final int ATTEMPTS = 4;
    private static final double GROWS = 3;
    private static final int LOOKS_WITHOUT_PROGRESS = 1_200;

    private final Options options;
    private final Stage stage;
    private final Stage.Site site;
    private final Contender contender;
    private final BenchTopics topics;
    private final ChildProcess child;
    private Message before;
    private long written;
    private double perSecond;
    private double eatenShare;

    private FedContender(
            Options options,
            Stage stage,
            Stage.Site site,
            Contender contender,
            BenchTopics topics,
            ChildProcess child,
            double expectedPerSecond)
            throws InterruptedException {
        this.options = options;
        this.stage = stage;
        this.site = site;
        this.contender = contender;
        this.topics = topics;
        this.child = child;
        this.before = child.mark();
        this.perSecond = expectedPerSecond;
    }

    /**
     * Makes the topics and starts it, resting.
     *
     * @param expectedPerSecond decides how much the topic is filled with at first
     */
    static FedContender start(
            Options options, Stage stage, Scenario scenario, Contender contender, double expectedPerSecond)
            throws IOException, InterruptedException {
        Stage.Site site = stage.site(scenario);
        BenchTopics topics = BenchTopics.create(stage.rig(), options.setup().partitions(), settings(options, scenario));
        try {
            topics.subscribe(site.targets());
            JvmCommand command = contender == Contender.DISPATCHER
                    ? DispatcherMain.command(topics.settings())
                    : UsualMain.command(topics.settings(), site.targets());
            ChildProcess child = stage.contender(contender, command, List.of());
            return new FedContender(options, stage, site, contender, topics, child, expectedPerSecond);
        } catch (IOException | RuntimeException | InterruptedException e) {
            topics.close();
            throw e;
        }
    }

    private static Map<String, String> settings(Options options, Scenario scenario) {
        Map<String, String> settings = new HashMap<>();
        settings.put("dispatcher.lanes", Integer.toString(options.lanes()));
        settings.put("dispatcher.io-threads", Integer.toString(options.ioThreads()));
        settings.put("dispatcher.max-in-flight", Integer.toString(scenario.maxInFlight()));
        settings.put("dispatcher.max-in-flight-per-endpoint", Integer.toString(options.perEndpoint()));
        settings.putAll(options.setup().settings());
        return settings;
    }

    /** Keeps the backlog between a fifth of a chunk and a chunk and a little, and drains it at the end. */
    WarmUp warmUp() throws InterruptedException {
        WarmUp warmUp = new WarmUp(options.warmUp(), options.maxWarmUp());
        long chunk = Chunks.forWarmUp(perSecond);
        fill(chunk);
        Message from = child.mark();
        do {
            boolean low = left(from) <= Chunks.low(chunk);
            if (low) {
                chunk = Chunks.forWarmUp(perSecond);
                fill(chunk);
            } else {
                long requests = receiver().mark().number("done");
                UnderLoad.pause(WarmUp.STRETCH, receiver(), requests + left(from) - Chunks.low(chunk));
            }
            Message to = child.mark();
            Stretch stretch = Stretch.of(from, to, this::handled);
            if (low) {
                warmUp.disturbed(left(from) > 0 ? stretch.time() : Duration.ZERO);
            } else {
                warmUp.undisturbed(stretch.time(), stretch.jit());
                see(stretch);
            }
            from = to;
        } while (!warmUp.isOver());
        drain();
        return warmUp;
    }

    /**
     * Fills the topic, measures, and drains the rest.
     *
     * @throws IllegalStateException when it is so much faster each time that most of the window is not under load
     */
    Window window() throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Window window = tryWindow();
            if (window.seconds() >= options.window().toMillis() / 2000.0) {
                before = window.to();
                return window;
            }
            perSecond *= GROWS;
        }
        throw new IllegalStateException("the chunk for a window was eaten in less than half of it, " + ATTEMPTS
                + " times, the last with " + Math.round(perSecond / GROWS) + " deliveries/s expected");
    }

    private Window tryWindow() throws InterruptedException {
        long chunk = Chunks.forWindow(perSecond, options.window().plus(UnderLoad.SETTLE), eatenShare);
        fill(chunk);
        Pause.of(UnderLoad.SETTLE);
        Window window = Window.measure(
                options.window(), stage.broker(), receiver(), child, before, from -> Chunks.forLoad(chunk, left(from)));
        see(Stretch.of(window.from(), window.to(), this::handled));
        drain();
        return window;
    }

    /** The same under the flight recorder, from the beginning of the fill. */
    Window profiled(Path recording) throws InterruptedException {
        var unused = child.ask(DispatcherMain.record(recording));
        Window window = window();
        var unusedToo = child.ask(DispatcherMain.endRecording());
        return window;
    }

    /** A machine that stood still for a moment is no reason to expect little. */
    private void see(Stretch stretch) {
        perSecond = Math.max(stretch.perSecond(), perSecond * FORGETS);
    }

    private void fill(long count) throws InterruptedException {
        long from = handled(child.mark());
        topics.fill(site.targets(), written, count, options.setup().bodyBytes());
        written += count;
        eatenShare = (handled(child.mark()) - from) / (double) count;
    }

    /** Waits until nothing is left and the receiver hears nothing more: then this contender takes no CPU time from others. */
    private void drain() throws InterruptedException {
        long heard = receiver().mark().number("done");
        int looks = 0;
        for (boolean drained = false; !drained; ) {
            boolean nothingLeft = left(child.mark()) <= 0;
            Pause.of(nothingLeft ? QUIET : LOOK);
            long hears = receiver().mark().number("done");
            drained = nothingLeft && hears == heard;
            looks = hears == heard ? looks + 1 : 0;
            heard = hears;
            if (looks > LOOKS_WITHOUT_PROGRESS) {
                throw new IllegalStateException(contender.label() + " makes no progress with the last "
                        + left(child.mark()) + " of " + written + " deliveries");
            }
        }
    }

    private long left(Message mark) {
        return written - handled(mark);
    }

    /** Deliveries that were taken off the topic and ended or put off. */
    private long handled(Message mark) {
        return contender == Contender.DISPATCHER
                ? mark.number("attempts") + mark.number("deferred")
                : mark.number("done") + mark.number("failed");
    }

    private ChildProcess receiver() {
        return site.receiver();
    }

    /** As of late. */
    double perSecond() {
        return perSecond;
    }

    /** Ends the process; what it has committed is in the topics then. Answers its last figures. */
    Message stop() throws InterruptedException {
        Message end = child.stop(STOP_LIMIT);
        child.close();
        return end;
    }

    BenchTopics topics() {
        return topics;
    }

    @Override
    public void close() {
        child.close();
        topics.close();
    }
}
