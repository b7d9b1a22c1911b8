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

/** The embedded broker as a process. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Its command line; its first message has {@code bootstrap}. */
    public static JvmCommand command(Path dataFolder) {
        return new JvmCommand(
                BrokerMain.class, List.of("-Xmx1g"), Message.of("broker").with("folder", dataFolder));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("broker", List.of(args));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(Path.of(asked.text("folder"))))) {
            console.serve(Message.of("ready").with("bootstrap", kafka.bootstrapServers()), ProcessFigures::mark);
        }
        console.say(Message.of("end"));
        System.exit(0);
    }
}
