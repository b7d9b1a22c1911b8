package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.process.ProcessFigures;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.dispatcher.DispatcherRole;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The dispatcher as a process, as it runs in production but for the management port. */
public final class DispatcherMain {
    private DispatcherMain() {}

    /** Its command line. */
    public static JvmCommand command(Map<String, String> settings) {
        return new JvmCommand(DispatcherMain.class, List.of(), new Message("dispatcher", settings));
    }

    /** The command that is answered with {@link ProcessFigures#census}. */
    public static Message census() {
        return Message.of("census");
    }

    /** The command that starts the flight recorder; {@link #endRecording} writes the file. */
    public static Message record(Path file) {
        return Message.of("record").with("file", file);
    }

    /** The command that ends what {@link #record} began. */
    public static Message endRecording() {
        return Message.of("recorded");
    }

    public static void main(String[] args) throws Exception {
        ChildConsole console = ChildConsole.open();
        Settings settings =
                Settings.of(Message.ofFields("dispatcher", List.of(args)).fields());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Service dispatcher = DispatcherRole.create(settings, registry)) {
            dispatcher.start();
            FlightRecording recording = new FlightRecording();
            console.serve(Message.of("ready"), () -> mark(registry), command -> obey(recording, command));
        }
        console.say(mark(registry));
        // Clients of Kafka may leave threads that are no daemons for a moment.
        System.exit(0);
    }

    private static Message obey(FlightRecording recording, Message command) {
        if (command.equals(census())) {
            return ProcessFigures.census();
        }
        if (command.equals(endRecording())) {
            recording.end();
            return Message.of("written");
        }
        recording.begin(Path.of(command.text("file")));
        return Message.of("recording");
    }

    private static Message mark(MeterRegistry registry) {
        return ProcessFigures.mark()
                .with("done", count(registry, "outcomes"))
                .with("attempts", attempts(registry).mapToLong(Timer::count).sum())
                .with("deferred", count(registry, "deferrals"))
                .with("aborts", count(registry, "transaction.aborts"))
                .with("commits", commits(registry).mapToLong(Timer::count).sum())
                .with("commitMicros", (long) commits(registry)
                        .mapToDouble(timer -> timer.totalTime(TimeUnit.MICROSECONDS))
                        .sum());
    }

    private static Stream<Timer> commits(MeterRegistry registry) {
        return registry.find("hookswitch.dispatcher.commits").timers().stream();
    }

    private static Stream<Timer> attempts(MeterRegistry registry) {
        return registry.find("hookswitch.dispatcher.attempts").timers().stream();
    }

    private static long count(MeterRegistry registry, String name) {
        return (long) registry.find("hookswitch.dispatcher." + name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
