package dev.hookswitch.benchmarks.rig;

import dev.hookswitch.benchmarks.load.BrokerMain;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A temporary folder, a broker that keeps its data there, and further processes. All of it goes at {@link #close}, and
 * when this process is interrupted: the folder may hold gigabytes.
 */
public final class Rig implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Thread atInterrupt = new Thread(this::end, "end-of-rig");
    private final List<ChildProcess> children = new ArrayList<>();
    private final Started broker;
    private boolean ended;

    /**
     * A process that has said that it is ready.
     *
     * @param process the process
     * @param ready its first message
     */
    public record Started(ChildProcess process, Message ready) {}

    private Rig(Path folder, Map<String, String> ofBroker) throws IOException, InterruptedException {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atInterrupt);
        try {
            broker = start("broker", BrokerMain.command(folder.resolve("kafka"), ofBroker));
        } catch (IOException | RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Makes the folder and starts a broker that leaves flushing to the system, as Kafka's servers do. */
    public static Rig open() throws IOException, InterruptedException {
        return open(Map.of("log.flush.interval.ms", Long.toString(Long.MAX_VALUE)));
    }

    /**
     * Makes the folder and starts a broker with properties of its own.
     *
     * @param ofBroker win over those of the embedded broker
     */
    public static Rig open(Map<String, String> ofBroker) throws IOException, InterruptedException {
        return new Rig(Files.createTempDirectory("hookswitch-bench"), ofBroker);
    }

    /**
     * Starts a process and waits until it says that it is ready.
     *
     * @param name of the process and of its log in the folder
     */
    public Started start(String name, JvmCommand command) throws IOException, InterruptedException {
        ChildProcess child = ChildProcess.start(name, command, folder.resolve(name + ".log"));
        add(child);
        try {
            return new Started(child, child.next(START_LIMIT));
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private synchronized void add(ChildProcess child) {
        children.add(child);
    }

    public ChildProcess broker() {
        return broker.process();
    }

    public String bootstrapServers() {
        return broker.ready().text("bootstrap");
    }

    public Path folder() {
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

    /** The broker last: the others talk to it. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).close();
        }
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
