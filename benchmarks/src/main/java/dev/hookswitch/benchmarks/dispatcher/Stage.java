package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.BrokerMain;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What stands for a whole run: a folder, a broker, and a receiver for every scenario. */
final class Stage implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Options options;
    private final Path folder;
    private final Map<Scenario, Site> sites = new HashMap<>();
    private final ChildProcess broker;
    private final String bootstrapServers;
    /** The folder may hold gigabytes. */
    private final Thread atInterrupt = new Thread(this::end, "end-of-stage");

    private boolean ended;

    /** A receiver and where it listens. */
    record Site(ChildProcess receiver, Targets targets) {}

    private Stage(Options options, Path folder, ChildProcess broker, String bootstrapServers) {
        this.options = options;
        this.folder = folder;
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
    }

    static Stage open(Options options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hookswitch-bench");
        ChildProcess broker =
                ChildProcess.start("broker", BrokerMain.command(folder.resolve("kafka")), folder.resolve("broker.log"));
        try {
            Stage stage =
                    new Stage(options, folder, broker, broker.next(START_LIMIT).text("bootstrap"));
            Runtime.getRuntime().addShutdownHook(stage.atInterrupt);
            return stage;
        } catch (RuntimeException | InterruptedException e) {
            broker.close();
            delete(folder);
            throw e;
        }
    }

    /** The receiver of a scenario, which is started at its first use. */
    Site site(Scenario scenario) throws IOException, InterruptedException {
        Site known = sites.get(scenario);
        if (known != null) {
            return known;
        }
        JvmCommand command = ReceiverMain.command(
                options.spread(), scenario.endpoints(), new Receiver.Behaviour(scenario.delay(), 0, 0));
        ChildProcess receiver = ChildProcess.start("receiver", command, folder.resolve("receiver.log"));
        try {
            int port = receiver.next(START_LIMIT).integer("port");
            Site site = new Site(receiver, new Targets(options.spread(), port, scenario.endpoints()));
            sites.put(scenario, site);
            return site;
        } catch (RuntimeException | InterruptedException e) {
            receiver.close();
            throw e;
        }
    }

    /** Starts a contender and waits until it says that it is ready. */
    ChildProcess contender(Contender contender, JvmCommand command, List<String> moreFlags)
            throws IOException, InterruptedException {
        JvmCommand whole = command.withFlags(options.jvmFlags()).withFlags(moreFlags);
        ChildProcess child = ChildProcess.start(contender.label(), whole, folder.resolve(contender.label() + ".log"));
        try {
            var unused = child.next(START_LIMIT);
            return child;
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    ChildProcess broker() {
        return broker;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        end();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        sites.values().forEach(site -> site.receiver().close());
        broker.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder + " (" + e + ")");
        }
    }
}
