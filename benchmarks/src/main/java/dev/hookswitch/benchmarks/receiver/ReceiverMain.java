package dev.hookswitch.benchmarks.receiver;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receiver as a process. */
public final class ReceiverMain {
    private static final int TRIES = 20;
    private static final int FIRST_PORT = 10_000;
    /** Below the range that systems take the ports of outgoing connections from. */
    private static final int LAST_PORT = 32_000;

    private ReceiverMain() {}

    /** Its command line. */
    public static JvmCommand command(Targets.Spread spread, int endpoints, Receiver.Behaviour behaviour) {
        return new JvmCommand(
                ReceiverMain.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                Message.of("receiver")
                        .with("spread", spread)
                        .with("endpoints", endpoints)
                        .with("delayMs", behaviour.delay().toMillis())
                        .with("silent", behaviour.silent())
                        .with("dripping", behaviour.dripping()));
    }

    /** The same, and it writes every request to a {@link RequestLog} at this path. */
    public static JvmCommand logging(Targets.Spread spread, int endpoints, Receiver.Behaviour behaviour, Path log) {
        JvmCommand plain = command(spread, endpoints, behaviour);
        return new JvmCommand(plain.main(), plain.jvmFlags(), plain.arguments().with("log", log));
    }

    /** The command after which all endpoints answer, or again only those that should. */
    public static Message heal(boolean all) {
        return Message.of("heal").with("all", all);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("receiver", List.of(args));
        Targets.Spread spread = Targets.Spread.valueOf(asked.text("spread"));
        Receiver.Behaviour behaviour = new Receiver.Behaviour(
                Duration.ofMillis(asked.number("delayMs")), asked.integer("silent"), asked.integer("dripping"));
        int endpoints = asked.integer("endpoints");
        Path log = asked.fields().containsKey("log") ? Path.of(asked.text("log")) : null;
        try (RequestLog open = log == null ? null : RequestLog.create(log)) {
            serve(console, spread, endpoints, behaviour, open);
        }
    }

    /** On the first port that is free at every address. */
    private static void serve(
            ChildConsole console,
            Targets.Spread spread,
            int endpoints,
            Receiver.Behaviour behaviour,
            @Nullable RequestLog log)
            throws IOException, InterruptedException {
        int port = FIRST_PORT + (int) (ProcessHandle.current().pid() % 1000);
        for (int attempt = 1; ; attempt++) {
            try (Receiver receiver = Receiver.start(new Targets(spread, port, endpoints), behaviour, log)) {
                console.serve(Message.of("ready").with("port", port), () -> mark(receiver), command -> {
                    receiver.heal(Boolean.parseBoolean(command.text("all")));
                    return Message.of("healed");
                });
                console.say(Message.of("end").with("done", receiver.requests()));
                return;
            } catch (IOException e) {
                port += 1_009;
                if (attempt == TRIES || port + endpoints > LAST_PORT) {
                    throw e;
                }
            }
        }
    }

    private static Message mark(Receiver receiver) {
        return ProcessFigures.mark().with("done", receiver.requests()).with("connections", receiver.connections());
    }
}
