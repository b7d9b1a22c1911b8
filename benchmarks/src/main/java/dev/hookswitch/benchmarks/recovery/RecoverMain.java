package dev.hookswitch.benchmarks.recovery;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What {@code endpoint recover} does, as a process that tells after each transaction how far it is. */
public final class RecoverMain {
    /** Of its JVM. */
    public static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    static final String ROW = "row";
    static final String END = "end";

    private RecoverMain() {}

    /** Its command line. */
    static JvmCommand command(Map<String, String> settings, EndpointId endpoint, Instant since, double perSecond) {
        return new JvmCommand(
                RecoverMain.class,
                FLAGS,
                new Message("recover", settings)
                        .with("endpoint", endpoint.topicKey())
                        .with("since", since)
                        .with("perSecond", perSecond));
    }

    public static void main(String[] args) {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("recover", List.of(args));
        Settings settings = Settings.of(asked.fieldsWithout("endpoint", "since", "perSecond"));
        RecoveryRequest request = new RecoveryRequest(
                EndpointId.parse(asked.text("endpoint")),
                RecoveryRow.Kind.UNDELIVERED,
                Instant.parse(asked.text("since")));
        OptionalDouble perSecond = OptionalDouble.of(Double.parseDouble(asked.text("perSecond")));
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try (EndpointAdmin admin = EndpointAdmin.open(settings, clock, random);
                RecoveryRun run =
                        Recoveries.open(settings, admin::get, clock, random).begin(request, perSecond)) {
            console.say(message(ROW, run.row()));
            console.say(message(END, run.run(row -> console.say(message(ROW, row)), () -> false)));
        }
        System.exit(0);
    }

    private static Message message(String word, RecoveryRow row) {
        return Message.of(word)
                .with("id", row.recoveryId())
                .with("found", row.found())
                .with("put", row.put());
    }
}
