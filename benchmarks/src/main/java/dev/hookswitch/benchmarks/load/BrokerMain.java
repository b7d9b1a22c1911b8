package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import dev.hookswitch.embeddedkafka.EmbeddedKafka;
import dev.hookswitch.embeddedkafka.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embedded broker as a process. */
public final class BrokerMain {
    private static final String FOLDER = "folder";

    /** Those of Kafka's start script: with a heap that begins small, each collection stood in the way of 40 deliveries. */
    private static final List<String> FLAGS = List.of(
            "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35");

    private BrokerMain() {}

    /**
     * Its command line; its first message has {@code bootstrap}.
     *
     * @param own properties of the broker that win over those of the embedded one
     */
    public static JvmCommand command(Path dataFolder, Map<String, String> own) {
        return new JvmCommand(BrokerMain.class, FLAGS, new Message("broker", own).with(FOLDER, dataFolder));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("broker", List.of(args));
        EmbeddedKafkaConfig config =
                EmbeddedKafkaConfig.in(Path.of(asked.text(FOLDER))).withOverrides(asked.fieldsWithout(FOLDER));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(config)) {
            console.serve(Message.of("ready").with("bootstrap", kafka.bootstrapServers()), ProcessFigures::mark);
        }
        console.say(Message.of("end"));
        System.exit(0);
    }
}
