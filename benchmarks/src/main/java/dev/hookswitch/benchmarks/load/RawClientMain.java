package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.PinnedHttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The raw client as a process: the ceiling that the dispatcher is compared with. */
public final class RawClientMain {
    private static final int MAX_CONNECTIONS = 20_000;
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(5);
    private static final Duration REST_LIMIT = Duration.ofSeconds(20);

    private RawClientMain() {}

    /**
     * Its command line.
     *
     * @param inFlight POSTs in flight
     * @param limit POSTs in all
     */
    public static JvmCommand command(Targets targets, int bodyBytes, int ioThreads, int inFlight, long limit) {
        return new JvmCommand(
                RawClientMain.class,
                List.of(),
                targets.on(Message.of("raw"))
                        .with("bodyBytes", bodyBytes)
                        .with("ioThreads", ioThreads)
                        .with("inFlight", inFlight)
                        .with("limit", limit));
    }

    /** The command that lets it send nothing more; the answer comes when {@code whole} of what was in flight has ended. */
    public static Message rest() {
        return Message.of("rest");
    }

    /** The command that lets it go on after a whole rest. */
    public static Message goOn() {
        return Message.of("go");
    }

    public static void main(String[] args) throws Exception {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("raw", List.of(args));
        Targets targets = Targets.of(asked);
        Duration deadline =
                Profiles.builtIn().get(SignedHeaders.PROFILE).profile().attemptDeadline();
        Tally tally = new Tally();
        PinnedHttpClient.Options options = new PinnedHttpClient.Options(
                asked.integer("ioThreads"),
                MAX_CONNECTIONS,
                IDLE_CONNECTION,
                SSLContext.getDefault(),
                Optional.empty());
        try (HttpSender sender =
                new PinnedHttpClient(options, address -> address.getAddress().isLoopbackAddress())) {
            RawLoad load = new RawLoad(
                    sender,
                    targets,
                    new Bodies(asked.integer("bodyBytes"), 1),
                    Secret.generate(new SecureRandom()),
                    deadline,
                    asked.integer("inFlight"),
                    asked.number("limit"),
                    tally);
            load.start();
            console.serve(Message.of("ready"), tally::mark, command -> obey(load, command));
            boolean whole = load.rest(deadline.plusSeconds(1));
            console.say(tally.mark().with("whole", whole));
        }
        System.exit(0);
    }

    private static Message obey(RawLoad load, Message command) {
        if (command.equals(rest())) {
            try {
                return Message.of("resting").with("whole", load.rest(REST_LIMIT));
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
        if (command.equals(goOn())) {
            load.goOn();
            return Message.of("going");
        }
        throw new IllegalArgumentException("unknown command: " + command.line());
    }
}
