package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.LedgerMain;
import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.load.ShippedDispatcherMain;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.FreePorts;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.ServiceProcess;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import dev.hookswitch.benchmarks.rig.TopicRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that stays while dispatchers come and go: broker, receiver, the scheduler's tiers, and the load. */
final class Scene implements AutoCloseable {
    private static final Duration SERVING_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(1_500);
    private static final Duration NOTHING_MORE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    /** It lives for seconds: a compiler that takes its time would only hold it up. */
    private static final List<String> DISPATCHER_FLAGS =
            List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Clock clock;
    private final Rig rig;
    private final BenchTopics topics;
    private final ChildProcess receiver;
    private final ChildProcess scheduler;
    private final Backlog backlog;
    private final Path ledger;
    private final FreePorts ports = FreePorts.ofThisProcess();

    private Scene(Options options, Clock clock, Rig rig) throws IOException, InterruptedException {
        this.clock = clock;
        this.rig = rig;
        this.ledger = rig.folder().resolve("ledger.txt");
        Rig.Started started = rig.start("receiver", LedgerMain.command(options.endpoints(), options.seed(), ledger));
        this.receiver = started.process();
        Targets targets = LedgerMain.targets(started.ready().integer("port"), options.endpoints());
        this.topics = BenchTopics.create(rig, options.partitions(), Map.of());
        topics.subscribe(targets);
        this.scheduler =
                rig.start("scheduler", SchedulerMain.command(topics.settings())).process();
        this.backlog = new Backlog(clock, rig.bootstrapServers(), topics, targets, options.backlog());
    }

    static Scene open(Options options, Clock clock) throws IOException, InterruptedException {
        Rig rig = Rig.open();
        try {
            return new Scene(options, clock, rig);
        } catch (IOException | RuntimeException | InterruptedException e) {
            rig.close();
            throw e;
        }
    }

    /** Starts a dispatcher under load; it may not be ready yet. */
    ServiceProcess startDispatcher(String instance) throws IOException, InterruptedException {
        backlog.topUp(posts());
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("dispatcher.instance", instance);
        return ServiceProcess.start(
                "dispatcher",
                ShippedDispatcherMain.command().withFlags(DISPATCHER_FLAGS),
                settings,
                ports.next(),
                rig.folder().resolve("dispatcher.log"));
    }

    /** POSTs so far. */
    long posts() throws InterruptedException {
        return receiver.mark().number("posts");
    }

    long nowMs() {
        return clock.millis();
    }

    /**
     * Waits until there are more POSTs.
     *
     * @throws IllegalStateException when none comes
     */
    void awaitPostsAfter(long posts) throws InterruptedException {
        long endNanos = System.nanoTime() + SERVING_LIMIT.toNanos();
        while (posts() <= posts) {
            if (System.nanoTime() - endNanos >= 0) {
                throw new IllegalStateException("no POST within " + SERVING_LIMIT.toSeconds() + " s");
            }
            Pause.of(LOOK);
        }
    }

    /** Lets everything go on for so long, under load. */
    void goOn(Duration duration) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            backlog.topUp(posts());
            Pause.until(Math.min(System.nanoTime() + LOOK.toNanos(), endNanos));
        }
    }

    /** Waits until there is an outcome for every delivery, or until nothing has happened for a minute. */
    void settle() throws InterruptedException {
        long lastPosts = posts();
        long lastChangeNanos = System.nanoTime();
        boolean counted = false;
        while (System.nanoTime() - lastChangeNanos < NOTHING_MORE.toNanos()) {
            Pause.of(LOOK);
            long posts = posts();
            if (posts != lastPosts) {
                lastPosts = posts;
                lastChangeNanos = System.nanoTime();
                counted = false;
            } else if (!counted && System.nanoTime() - lastChangeNanos > QUIET.toNanos()) {
                if (outcomes() >= backlog.written()) {
                    return;
                }
                counted = true;
            }
        }
    }

    private long outcomes() {
        long[] count = new long[1];
        TopicRows.read(rig.bootstrapServers(), topics.topics().deliveryOutcomes(), 0, row -> count[0]++);
        return count[0];
    }

    /** Ends the scheduler and the receiver and collects what every witness says. */
    Evidence evidence() throws InterruptedException {
        var unused = scheduler.stop(STOP_LIMIT);
        var unusedToo = receiver.stop(STOP_LIMIT);
        return Evidence.read(rig.bootstrapServers(), topics.topics(), ledger, backlog.written());
    }

    /** What the dispatcher is bound by. */
    Bound bound() {
        return Bound.of(topics.settings());
    }

    /** Copies logs and ledger to a folder that stays. */
    Path keep() throws IOException {
        Path kept = Files.createTempDirectory("hookswitch-crash");
        try (Stream<Path> files = Files.list(rig.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()));
            }
        }
        return kept;
    }

    @Override
    public void close() {
        backlog.close();
        rig.close();
    }
}
