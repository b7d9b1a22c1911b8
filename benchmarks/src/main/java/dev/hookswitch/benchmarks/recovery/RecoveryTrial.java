package dev.hookswitch.benchmarks.recovery;

import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.load.ShippedDispatcherMain;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.FreePorts;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Patience;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.ServiceProcess;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * An endpoint failed for very many deliveries and is back. They are recovered by a process that is killed twice with SIGKILL,
 * at random moments, while a dispatcher sends what is put.
 */
public final class RecoveryTrial {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration ROW_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration NO_PROGRESS = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** About as long as two transactions: the kill comes at any point of one. */
    private static final int MAX_DELAY_MS = 200;

    private static final int ENDPOINT = 0;

    private final Plan plan;
    private final Consumer<String> progress;
    private final Random random;

    /**
     * What is tried.
     *
     * @param deliveries that have failed
     * @param bodyBytes of each
     * @param perSecond rate of the recovery
     * @param seed of the moments of the kills
     * @param settings of the roles that differ from the defaults
     */
    public record Plan(int deliveries, int bodyBytes, double perSecond, long seed, Map<String, String> settings) {
        public Plan {
            if (deliveries < 100 || deliveries > 1_000_000) {
                throw new IllegalArgumentException("recovered must be from 100 to 1000000, was: " + deliveries);
            }
            if (!(perSecond >= 1 && perSecond <= 100_000)) {
                throw new IllegalArgumentException("recovery-rate must be from 1 to 100000, was: " + perSecond);
            }
            settings = Map.copyOf(settings);
        }
    }

    private RecoveryTrial(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.random = new Random(plan.seed());
    }

    /** Tries it, with processes of its own. */
    public static RecoveryFindings run(Plan plan, Consumer<String> progress) throws IOException, InterruptedException {
        try (Rig rig = Rig.open()) {
            return new RecoveryTrial(plan, progress).run(rig);
        }
    }

    private RecoveryFindings run(Rig rig) throws IOException, InterruptedException {
        Rig.Started receiver = rig.start(
                "receiver",
                ReceiverMain.command(Targets.Spread.ADDRESSES, 1, new Receiver.Behaviour(Duration.ofMillis(1), 0, 0)));
        Targets targets = new Targets(Targets.Spread.ADDRESSES, receiver.ready().integer("port"), 1);
        // With one partition the endpoint's deliveries are where its id would put them.
        BenchTopics topics = BenchTopics.create(rig, 1, plan.settings());
        topics.subscribe(targets);
        topics.fill(targets, 0, plan.deliveries(), plan.bodyBytes());
        FailedPast.write(rig.bootstrapServers(), topics.topics());
        progress.accept(plan.deliveries() + " deliveries have failed");
        // For what the dispatcher puts off.
        var unusedToo = rig.start("scheduler", SchedulerMain.command(topics.settings()));
        Instant since = Instant.now().minus(Duration.ofHours(1));
        try (ServiceProcess dispatcher = ServiceProcess.start(
                "dispatcher",
                ShippedDispatcherMain.command().withFlags(List.of("-Xmx512m")),
                topics.settings(),
                FreePorts.ofThisProcess().next(),
                rig.folder().resolve("dispatcher.log"))) {
            dispatcher.awaitReady(READY_LIMIT);
            long startNanos = System.nanoTime();
            List<Long> killedAfter = List.of(
                    recover(rig, topics, targets, since, kill(1)), recover(rig, topics, targets, since, kill(2)));
            long put = recover(rig, topics, targets, since, Long.MAX_VALUE);
            awaitPosts(receiver.process());
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            int unused = dispatcher.terminate(STOP_LIMIT);
            long posts = posts(receiver.process());
            return RecoveryFindings.read(
                    rig.bootstrapServers(), topics.topics(), plan.deliveries(), killedAfter, put, posts, seconds);
        }
    }

    /** In the first or the second half. */
    private long kill(int half) {
        long width = plan.deliveries() / 2;
        return (half - 1) * width + random.nextInt((int) Math.max(1, width * 9 / 10));
    }

    /** Runs until it has put so many and a moment longer; then kills it. Answers how many it has put as far as it has said. */
    private long recover(Rig rig, BenchTopics topics, Targets targets, Instant since, long killAfter)
            throws IOException, InterruptedException {
        try (ChildProcess process = ChildProcess.start(
                "recovery",
                RecoverMain.command(topics.settings(), targets.id(ENDPOINT), since, plan.perSecond()),
                rig.folder().resolve("recovery.log"))) {
            long put = 0;
            long told = 0;
            for (Message said = process.next(ROW_LIMIT); ; said = process.next(ROW_LIMIT)) {
                put = said.number("put");
                if (said.word().equals(RecoverMain.END)) {
                    progress.accept("all put: " + put);
                    return put;
                }
                if (put - told >= plan.deliveries() / 10) {
                    told = put;
                    progress.accept(String.format(Locale.ROOT, "%,d of %,d put", put, plan.deliveries()));
                }
                if (put >= killAfter) {
                    Pause.of(Duration.ofMillis(random.nextInt(MAX_DELAY_MS)));
                    progress.accept("killed after " + put);
                    return put;
                }
            }
        }
    }

    private void awaitPosts(ChildProcess receiver) throws InterruptedException {
        Patience patience = new Patience(NO_PROGRESS);
        long posts = posts(receiver);
        while (posts < plan.deliveries() && patience.lasts(posts)) {
            Pause.of(LOOK);
            posts = posts(receiver);
        }
        // One too many has a moment to come.
        Pause.of(SETTLE);
    }

    private static long posts(ChildProcess receiver) throws InterruptedException {
        return receiver.mark().number("done");
    }
}
