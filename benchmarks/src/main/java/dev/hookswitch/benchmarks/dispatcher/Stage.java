package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import dev.hookswitch.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands for a whole run: a rig, and a receiver for every scenario. */
final class Stage implements AutoCloseable {
    private final Options options;
    private final Rig rig;
    private final Map<Scenario, Site> sites = new HashMap<>();

    /** A receiver and where it listens. */
    record Site(ChildProcess receiver, Targets targets) {}

    private Stage(Options options, Rig rig) {
        this.options = options;
        this.rig = rig;
    }

    static Stage open(Options options) throws IOException, InterruptedException {
        return new Stage(options, Rig.open());
    }

    /** The receiver of a scenario, which is started at its first use. */
    Site site(Scenario scenario) throws IOException, InterruptedException {
        Site known = sites.get(scenario);
        if (known != null) {
            return known;
        }
        JvmCommand command = ReceiverMain.command(
                options.spread(), scenario.endpoints(), new Receiver.Behaviour(scenario.delay(), 0, 0));
        Rig.Started receiver = rig.start("receiver", command);
        Site site = new Site(
                receiver.process(),
                new Targets(options.spread(), receiver.ready().integer("port"), scenario.endpoints()));
        sites.put(scenario, site);
        return site;
    }

    /** Starts a contender and waits until it says that it is ready. */
    ChildProcess contender(Contender contender, JvmCommand command, List<String> moreFlags)
            throws IOException, InterruptedException {
        JvmCommand whole = command.withFlags(options.setup().jvmFlags()).withFlags(moreFlags);
        return rig.start(contender.label(), whole).process();
    }

    Rig rig() {
        return rig;
    }

    ChildProcess broker() {
        return rig.broker();
    }

    String bootstrapServers() {
        return rig.bootstrapServers();
    }

    Path folder() {
        return rig.folder();
    }

    @Override
    public void close() {
        rig.close();
    }
}
