package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.topics.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What stands in for dispatchers, as a process: writes into the tiers and reads the copies. {@code run} begins a run and
 * answers {@code originMs}, epoch milliseconds; {@code mark} has {@code produced}, {@code copies} and {@code running}.
 */
public final class FeedMain {
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private FeedMain() {}

    /**
     * Its command line.
     *
     * @param settings of the topics
     * @param most retries that there can be in all runs
     * @param log where the copies are written down, whole once the process has stopped
     */
    static JvmCommand command(Map<String, String> settings, int bodyBytes, int most, Path log) {
        return new JvmCommand(
                FeedMain.class,
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                new Message("feed", settings)
                        .with("bodyBytes", bodyBytes)
                        .with("most", most)
                        .with("log", log));
    }

    /** The command that begins a run; the "endpoints" of the streams are the tiers. */
    static Message run(List<Stream> streams) {
        return Message.of("run").with("streams", Stream.write(streams));
    }

    public static void main(String[] args) throws InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("feed", List.of(args));
        TopicLayout topics = TopicLayout.of(Settings.of(asked.fieldsWithout("bodyBytes", "most", "log")));
        Map<String, Object> kafka = Map.of("bootstrap.servers", asked.text("kafka.bootstrap.servers"));
        AtomicLongArray parkedMs = new AtomicLongArray(asked.integer("most"));
        try (Feeder feeder = new Feeder(kafka, topics, asked.integer("bodyBytes"), parkedMs);
                CopyWatch watch = new CopyWatch(kafka, topics, parkedMs, Path.of(asked.text("log")))) {
            console.serve(Message.of("ready"), () -> mark(feeder, watch), command -> start(feeder, command));
        }
        console.say(Message.of("end"));
        System.exit(0);
    }

    private static Message start(Feeder feeder, Message command) {
        feeder.start(System.nanoTime() + HEAD_START.toNanos(), Stream.read(command.text("streams")));
        return Message.of("started").with("originMs", System.currentTimeMillis() + HEAD_START.toMillis());
    }

    private static Message mark(Feeder feeder, CopyWatch watch) {
        return ProcessFigures.mark()
                .with("produced", feeder.produced())
                .with("copies", watch.copies())
                .with("running", feeder.running());
    }
}
