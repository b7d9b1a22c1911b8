package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Patience;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.StolenTime;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import dev.hookswitch.benchmarks.rig.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A broker, the tiers of the retry scheduler, and one process that stands in for the dispatchers on both sides. */
final class TierScene implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Options options;
    private final Rig rig;
    private final BenchTopics topics;
    private final ChildProcess feed;
    private final StolenTime stolen = new StolenTime();
    private final long sinceNanos = System.nanoTime();
    private final long sinceMs = System.currentTimeMillis();
    private ChildProcess scheduler;

    private TierScene(Options options, double timeScale, int most, Rig rig) throws IOException, InterruptedException {
        this.options = options;
        this.rig = rig;
        Setup setup = options.setup().with(Map.of("retry.time-scale", Double.toString(timeScale)));
        this.topics = BenchTopics.create(rig, setup.partitions(), setup.settings());
        this.feed = rig.start("feed", FeedMain.command(topics.settings(), setup.bodyBytes(), most, log()))
                .process();
        this.scheduler = startedScheduler();
    }

    /**
     * Starts all of it.
     *
     * @param most retries that there will be
     */
    static TierScene open(Options options, double timeScale, int most) throws IOException, InterruptedException {
        Rig rig = Rig.open(options.broker());
        try {
            return new TierScene(options, timeScale, most, rig);
        } catch (IOException | RuntimeException | InterruptedException e) {
            rig.close();
            throw e;
        }
    }

    private ChildProcess startedScheduler() throws IOException, InterruptedException {
        return rig.start(
                        "scheduler",
                        SchedulerMain.command(topics.settings())
                                .withFlags(options.setup().jvmFlags()))
                .process();
    }

    private Path log() {
        return rig.folder().resolve("copies");
    }

    /** Begins to write retries; answers the origin of the streams, epoch milliseconds. */
    long feed(List<Stream> streams) throws InterruptedException {
        return feed.ask(FeedMain.run(streams)).number("originMs");
    }

    /** Ends the scheduler at once, with SIGKILL. */
    void killScheduler() {
        scheduler.close();
    }

    /** Starts it anew; answers when it was ready, epoch milliseconds. */
    long startScheduler() throws IOException, InterruptedException {
        scheduler = startedScheduler();
        return System.currentTimeMillis();
    }

    /** What the scheduler holds, after a full collection. */
    Message census() throws InterruptedException {
        return scheduler.ask(SchedulerMain.census());
    }

    Usage usage() throws InterruptedException {
        Map<Usage.Part, Message> marks = new EnumMap<>(Usage.Part.class);
        marks.put(Usage.Part.SCHEDULER, scheduler.mark());
        marks.put(Usage.Part.BROKER, rig.broker().mark());
        marks.put(Usage.Part.PRODUCER, feed.mark());
        return new Usage(MachineTime.now(), marks);
    }

    /** Waits until then, epoch milliseconds, and tells now and then how far things are. */
    void await(long untilMs, String what, Consumer<String> progress) throws InterruptedException {
        long leftMs = untilMs - System.currentTimeMillis();
        Pause.until(System.nanoTime() + leftMs * 1_000_000, secondsLeft -> {
            Message mark = feed.mark();
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s, %d s left: %,d retries written, %,d copied",
                    what,
                    secondsLeft,
                    mark.number("produced"),
                    mark.number("copies")));
        });
    }

    /** Waits until so many copies were read, or until no more come for a minute; answers the retries written. */
    long awaitCopies(long expected) throws InterruptedException {
        Patience patience = new Patience(NO_PROGRESS);
        Message mark = feed.mark();
        while (patience.lasts(mark.number("copies"))) {
            boolean fed = !Boolean.parseBoolean(mark.text("running"));
            if (fed && mark.number("copies") >= expected) {
                // Whatever should not come, such as a second copy, has a moment to do so.
                Pause.of(SETTLE);
                break;
            }
            Pause.of(LOOK);
            mark = feed.mark();
        }
        return feed.mark().number("produced");
    }

    /** Whether nothing was taken from the machine about then, epoch milliseconds. */
    boolean isOurs(long atMs) {
        return stolen.isOurs(sinceNanos + (atMs - sinceMs) * 1_000_000);
    }

    /** Stops everything that writes; answers the log of the copies, which is whole then. */
    Path stop() throws InterruptedException {
        for (ChildProcess one : List.of(scheduler, feed)) {
            var unused = one.stop(STOP_LIMIT);
            one.close();
        }
        return log();
    }

    @Override
    public void close() {
        stolen.close();
        rig.close();
    }
}
