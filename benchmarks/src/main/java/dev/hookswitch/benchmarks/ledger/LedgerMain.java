package dev.hookswitch.benchmarks.ledger;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.FreePorts;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** The receiver with a ledger as a process. */
public final class LedgerMain {
    private static final int TRIES = 20;

    private LedgerMain() {}

    /**
     * Its command line; its first message has {@code port}, each {@code mark} has {@code posts}, and once it has said
     * {@code end} the ledger is whole.
     */
    public static JvmCommand command(int endpoints, long seed, Path ledger) {
        return new JvmCommand(
                LedgerMain.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                Message.of("ledger")
                        .with("endpoints", endpoints)
                        .with("seed", seed)
                        .with("file", ledger));
    }

    /** The endpoints behind the port of its first message. */
    public static Targets targets(int port, int endpoints) {
        return new Targets(Targets.Spread.ADDRESSES, port, endpoints);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("ledger", List.of(args));
        FreePorts ports = FreePorts.ofThisProcess();
        for (int attempt = 1; ; attempt++) {
            int port = ports.next();
            Answers answers = new Answers(new Random(asked.number("seed")));
            Targets targets = targets(port, asked.integer("endpoints"));
            try (LedgerReceiver receiver =
                    LedgerReceiver.start(targets, Clock.systemUTC(), answers, Path.of(asked.text("file")))) {
                console.serve(
                        Message.of("ready").with("port", port),
                        () -> ProcessFigures.mark().with("posts", receiver.posts()));
                break;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
        console.say(Message.of("end"));
    }
}
