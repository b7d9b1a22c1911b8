package dev.hookswitch.benchmarks.pace;

import dev.hookswitch.benchmarks.load.DispatcherMain;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.Patience;
import dev.hookswitch.benchmarks.process.Pause;
import dev.hookswitch.benchmarks.process.StolenTime;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import dev.hookswitch.benchmarks.rig.Rig;
import dev.hookswitch.benchmarks.rig.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A rig with a receiver that writes down what it gets, a paced producer, and one dispatcher between them. */
public final class PacedScene implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Rig rig;
    private final BenchTopics topics;
    private final ChildProcess receiver;
    private final ChildProcess producer;
    private final ChildProcess dispatcher;
    private final StolenTime stolen = new StolenTime();

    /**
     * What it is made of.
     *
     * @param endpoints each on a loopback address of its own
     * @param behaviour of the receiver
     * @param setup of topics and dispatcher
     */
    public record Plan(int endpoints, Receiver.Behaviour behaviour, Setup setup) {}

    private PacedScene(Rig rig, Plan plan) throws IOException, InterruptedException {
        this.rig = rig;
        Rig.Started started = rig.start(
                "receiver",
                ReceiverMain.logging(Targets.Spread.ADDRESSES, plan.endpoints(), plan.behaviour(), requestLog()));
        receiver = started.process();
        Targets targets = new Targets(Targets.Spread.ADDRESSES, started.ready().integer("port"), plan.endpoints());
        topics = BenchTopics.create(rig, plan.setup().partitions(), plan.setup().settings());
        topics.subscribe(targets);
        producer = rig.start(
                        "producer",
                        PacedMain.command(
                                topics.settings(), targets, plan.setup().bodyBytes()))
                .process();
        dispatcher = rig.start(
                        "dispatcher",
                        DispatcherMain.command(topics.settings())
                                .withFlags(plan.setup().jvmFlags()))
                .process();
    }

    /** Starts all of it. */
    public static PacedScene open(Plan plan) throws IOException, InterruptedException {
        Rig rig = Rig.open();
        try {
            return new PacedScene(rig, plan);
        } catch (IOException | RuntimeException | InterruptedException e) {
            rig.close();
            throw e;
        }
    }

    /** Begins a run and answers its origin on the clock of the stamps. */
    public long produce(List<Stream> streams) throws InterruptedException {
        return producer.ask(PacedMain.run(streams)).number("originNanos");
    }

    /** Whether the producer still has something to do. */
    public boolean producing() throws InterruptedException {
        return Boolean.parseBoolean(producer.mark().text("running"));
    }

    /** How many deliveries were produced so far. */
    public int produced() throws InterruptedException {
        return producer.mark().integer("done");
    }

    /** How many of them have no outcome yet. */
    public long open() throws InterruptedException {
        return produced() - dispatcher.mark().number("done");
    }

    /**
     * Waits until every delivery has an outcome, or until nothing has changed for so long.
     *
     * @return how many have none
     */
    public long awaitEnd(Duration noChange) throws InterruptedException {
        Patience patience = new Patience(noChange);
        boolean producing;
        long open;
        do {
            Pause.of(LOOK);
            producing = producing();
            open = open();
        } while ((producing || open > 0) && patience.lasts(open));
        return open;
    }

    /** All endpoints answer, or again only those that should. */
    public void heal(boolean all) throws InterruptedException {
        var unused = receiver.ask(ReceiverMain.heal(all));
    }

    /** What its processes, a scheduler beside them and the machine show now. */
    public Usage usage(ChildProcess scheduler) throws InterruptedException {
        Map<Usage.Part, Message> marks = new EnumMap<>(Usage.Part.class);
        marks.put(Usage.Part.DISPATCHER, dispatcher.mark());
        marks.put(Usage.Part.SCHEDULER, scheduler.mark());
        marks.put(Usage.Part.BROKER, rig.broker().mark());
        marks.put(Usage.Part.RECEIVER, receiver.mark());
        marks.put(Usage.Part.PRODUCER, producer.mark());
        return new Usage(MachineTime.now(), marks);
    }

    /** Stops dispatcher and receiver cleanly; the request log is whole then. */
    public void stop() throws InterruptedException {
        for (ChildProcess one : List.of(dispatcher, receiver)) {
            var unused = one.stop(STOP_LIMIT);
            one.close();
        }
    }

    public Rig rig() {
        return rig;
    }

    public BenchTopics topics() {
        return topics;
    }

    public ChildProcess dispatcher() {
        return dispatcher;
    }

    /** When the machine was not its own. */
    public StolenTime stolen() {
        return stolen;
    }

    /** What the receiver has written; whole once it has had nothing to do for a second. */
    public Path requestLog() {
        return rig.folder().resolve("requests");
    }

    @Override
    public void close() {
        stolen.close();
        rig.close();
    }
}
