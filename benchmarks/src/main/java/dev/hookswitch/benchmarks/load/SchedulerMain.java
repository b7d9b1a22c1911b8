package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.retry.tier.TierSchedulers;
import dev.hookswitch.retry.tier.TierSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The tiers of the retry scheduler as a process, as they run in production. The other half of that role, which disables
 * endpoints that keep failing, is left out: bad endpoints stay bad.
 */
public final class SchedulerMain {
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private SchedulerMain() {}

    /** Its command line; it says that it is ready when every tier has joined its group. */
    public static JvmCommand command(Map<String, String> settings) {
        return new JvmCommand(
                SchedulerMain.class, List.of("-XX:+UseParallelGC", "-Xmx256m"), new Message("scheduler", settings));
    }

    /** The command that is answered with {@link ProcessFigures#census}. */
    public static Message census() {
        return Message.of("census");
    }

    public static void main(String[] args) throws InterruptedException {
        ChildConsole console = ChildConsole.open();
        Settings settings =
                Settings.of(Message.ofFields("scheduler", List.of(args)).fields());
        SettingsReader reader = settings.reader();
        TierSettings own = TierSettings.read(reader);
        reader.done();
        try (TierSchedulers tiers = new TierSchedulers(
                own,
                TopicLayout.of(settings),
                new KafkaProperties(settings),
                InstantSource.system(),
                new SimpleMeterRegistry())) {
            tiers.start();
            while (!tiers.health().stream().allMatch(Health::ready)) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            console.serve(Message.of("ready"), ProcessFigures::mark, command -> ProcessFigures.census());
        }
        console.say(ProcessFigures.mark());
        // Clients of Kafka may leave threads that are no daemons for a moment.
        System.exit(0);
    }
}
