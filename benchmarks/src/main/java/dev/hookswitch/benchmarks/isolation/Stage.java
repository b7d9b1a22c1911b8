package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.load.DispatcherMain;
import dev.hookswitch.benchmarks.load.SchedulerMain;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.pace.PacedMain;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of a run: broker, receiver, producer, dispatcher, and the tiers of the retry scheduler. */
final class Stage implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** Ten minutes in a tier are one second. */
    private static final String HURRIED = "600";

    private final Rig rig;
    private final BenchTopics topics;
    private final Path requestLog;
    private final ChildProcess receiver;
    private final ChildProcess producer;
    private final ChildProcess dispatcher;
    private ChildProcess scheduler;

    private Stage(Rig rig, Options options) throws IOException, InterruptedException {
        this.rig = rig;
        this.requestLog = rig.folder().resolve("requests");
        Endpoints endpoints = options.layout();
        Rig.Started started = rig.start(
                "receiver",
                ReceiverMain.logging(
                        Targets.Spread.ADDRESSES,
                        endpoints.count(),
                        new Receiver.Behaviour(Duration.ZERO, endpoints.silent(), endpoints.dripping()),
                        requestLog));
        receiver = started.process();
        Targets targets = new Targets(Targets.Spread.ADDRESSES, started.ready().integer("port"), endpoints.count());
        topics = BenchTopics.create(rig, options.partitions(), options.settings());
        topics.subscribe(targets);
        producer = rig.start("producer", PacedMain.command(topics.settings(), targets, options.bodyBytes()))
                .process();
        dispatcher = rig.start(
                        "dispatcher", DispatcherMain.command(topics.settings()).withFlags(options.jvmFlags()))
                .process();
        scheduler = startScheduler("1");
    }

    static Stage open(Options options) throws IOException, InterruptedException {
        Rig rig = Rig.open();
        try {
            return new Stage(rig, options);
        } catch (IOException | RuntimeException | InterruptedException e) {
            rig.close();
            throw e;
        }
    }

    private ChildProcess startScheduler(String timeScale) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("retry.time-scale", timeScale);
        return rig.start("scheduler", SchedulerMain.command(settings)).process();
    }

    /** Begins a run and answers its origin. */
    long produce(List<Stream> streams) throws InterruptedException {
        return producer.ask(PacedMain.run(streams)).number("originNanos");
    }

    /** Whether the producer still has something to do. */
    boolean producing() throws InterruptedException {
        return Boolean.parseBoolean(producer.mark().text("running"));
    }

    Usage usage() throws InterruptedException {
        Map<Usage.Part, Message> marks = new EnumMap<>(Usage.Part.class);
        marks.put(Usage.Part.DISPATCHER, dispatcher.mark());
        marks.put(Usage.Part.SCHEDULER, scheduler.mark());
        marks.put(Usage.Part.BROKER, rig.broker().mark());
        marks.put(Usage.Part.RECEIVER, receiver.mark());
        marks.put(Usage.Part.PRODUCER, producer.mark());
        return new Usage(MachineTime.now(), marks);
    }

    /** All endpoints answer, or again only the healthy ones. */
    void heal(boolean all) throws InterruptedException {
        var unused = receiver.ask(ReceiverMain.heal(all));
    }

    /** From now on nothing waits long in a tier, or again as long as it should. */
    void hurry(boolean now) throws IOException, InterruptedException {
        var unused = scheduler.stop(STOP_LIMIT);
        scheduler.close();
        scheduler = startScheduler(now ? HURRIED : "1");
    }

    /** Stops the roles cleanly and gives what is left of the run to the auditor. */
    void stopRoles() throws InterruptedException {
        for (ChildProcess role : List.of(dispatcher, scheduler, receiver)) {
            var unused = role.stop(STOP_LIMIT);
            role.close();
        }
    }

    String bootstrapServers() {
        return rig.bootstrapServers();
    }

    BenchTopics topics() {
        return topics;
    }

    /** What the receiver has written; whole once it has had nothing to do for a second. */
    Path requestLog() {
        return requestLog;
    }

    @Override
    public void close() {
        rig.close();
    }
}
