package dev.hookswitch.benchmarks.pace;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The paced producer as a process. {@code run} begins a run and answers {@code originNanos}; {@code mark} has {@code done},
 * {@code running} and {@code late99Micros}.
 */
public final class PacedMain {
    private static final long BODY_SEED = 1;
    private static final long HEAD_START_NANOS = Duration.ofMillis(300).toNanos();

    private PacedMain() {}

    /** Its command line. */
    public static JvmCommand command(Map<String, String> settings, Targets targets, int bodyBytes) {
        return new JvmCommand(
                PacedMain.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                targets.on(Message.of("paced"))
                        .with("bootstrap", settings.getOrDefault("kafka.bootstrap.servers", ""))
                        .with("prefix", settings.getOrDefault("topics.prefix", ""))
                        .with("partitions", settings.getOrDefault("topics.partitions", ""))
                        .with("bodyBytes", bodyBytes));
    }

    /** The command that begins a run. */
    public static Message run(List<Stream> streams) {
        return Message.of("run").with("streams", Stream.write(streams));
    }

    public static void main(String[] args) throws InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("paced", List.of(args));
        Targets targets = Targets.of(asked);
        TopicLayout topics = TopicLayout.of(Settings.of(
                Map.of("topics.prefix", asked.text("prefix"), "topics.partitions", asked.text("partitions"))));
        try (Deliveries deliveries =
                new Deliveries(asked.text("bootstrap"), topics, targets, Map.of("linger.ms", "0", "acks", "all"))) {
            Pacer pacer = new Pacer(deliveries, new Bodies(asked.integer("bodyBytes"), BODY_SEED));
            console.serve(Message.of("ready"), () -> mark(pacer), command -> start(pacer, command));
            console.say(mark(pacer));
        }
        System.exit(0);
    }

    private static Message start(Pacer pacer, Message command) {
        long originNanos = System.nanoTime() + HEAD_START_NANOS;
        pacer.start(originNanos, Stream.read(command.text("streams")));
        return Message.of("started").with("originNanos", originNanos);
    }

    private static Message mark(Pacer pacer) {
        return ProcessFigures.mark()
                .with("done", pacer.produced())
                .with("running", pacer.running())
                .with("late99Micros", pacer.lateMicros());
    }
}
