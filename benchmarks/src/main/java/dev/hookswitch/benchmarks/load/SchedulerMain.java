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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The tiers of the retry scheduler as a process, as they run in production. The other half of that role, which disables
 * endpoints that keep failing, is left out: bad endpoints stay bad.
 */
public final class SchedulerMain {
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
    private static final String TIME_SCALE = "retry.time-scale";

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

    /**
     * The command that lets the tiers begin anew, with time that passes so many times as fast. The process stays: its code
     * is compiled by then, as it is in a scheduler that runs for days.
     */
    public static Message timeScale(int times) {
        return Message.of("timescale").with(TIME_SCALE, times);
    }

    public static void main(String[] args) throws InterruptedException {
        ChildConsole console = ChildConsole.open();
        Map<String, String> settings =
                Message.ofFields("scheduler", List.of(args)).fields();
        try (Tiers tiers = new Tiers(settings)) {
            console.serve(Message.of("ready"), ProcessFigures::mark, command -> {
                if (command.equals(census())) {
                    return ProcessFigures.census();
                }
                tiers.begin(command.fields());
                return Message.of("ready");
            });
        }
        console.say(ProcessFigures.mark());
        // Clients of Kafka may leave threads that are no daemons for a moment.
        System.exit(0);
    }

    private static final class Tiers implements AutoCloseable {
        private final Map<String, String> settings;
        private TierSchedulers running;

        Tiers(Map<String, String> settings) {
            this.settings = settings;
            this.running = started(settings);
        }

        void begin(Map<String, String> differing) {
            running.close();
            Map<String, String> all = new HashMap<>(settings);
            all.putAll(differing);
            running = started(all);
        }

        private static TierSchedulers started(Map<String, String> values) {
            Settings settings = Settings.of(values);
            SettingsReader reader = settings.reader();
            TierSettings own = TierSettings.read(reader);
            reader.done();
            TierSchedulers tiers = new TierSchedulers(
                    own,
                    TopicLayout.of(settings),
                    new KafkaProperties(settings),
                    InstantSource.system(),
                    new SimpleMeterRegistry());
            tiers.start();
            while (!tiers.health().stream().allMatch(Health::ready)) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return tiers;
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
