package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.DispatcherMain;
import dev.hookswitch.benchmarks.load.RawClientMain;
import dev.hookswitch.benchmarks.load.UsualMain;
import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs one contender in one scenario, in a process that is new each time. */
final class Trial {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final long ENDLESS = Long.MAX_VALUE / 4;

    private final Options options;
    private final Stage stage;

    Trial(Options options, Stage stage) {
        this.options = options;
        this.stage = stage;
    }

    Sample raw(Scenario scenario, int round) throws IOException, InterruptedException {
        Stage.Site site = stage.site(scenario);
        int inFlight = scenario.inFlight(options.lanes(), options.perEndpoint());
        var command =
                RawClientMain.command(site.targets(), options.bodyBytes(), options.ioThreads(), inFlight, ENDLESS);
        try (ChildProcess child = stage.contender(Contender.RAW, command, List.of())) {
            Window window = Window.measure(options, stage, site.receiver(), child, ENDLESS);
            var unused = child.stop(STOP_LIMIT);
            return measuredByItself(scenario, Contender.RAW, round, window);
        }
    }

    /** @param expectedPerSecond decides how much the topic is filled */
    Sample usual(Scenario scenario, int round, double expectedPerSecond) throws IOException, InterruptedException {
        Stage.Site site = stage.site(scenario);
        long backlog = options.backlog(expectedPerSecond);
        try (BenchTopics topics = FilledTopics.create(options, stage, scenario, site.targets(), backlog);
                ChildProcess child = stage.contender(
                        Contender.USUAL, UsualMain.command(topics.settings(), site.targets()), List.of())) {
            Window window = Window.measure(options, stage, site.receiver(), child, backlog);
            var unused = child.stop(STOP_LIMIT);
            return measuredByItself(scenario, Contender.USUAL, round, window);
        }
    }

    /** @param expectedPerSecond decides how much the topic is filled */
    Sample dispatcher(Scenario scenario, int round, double expectedPerSecond) throws IOException, InterruptedException {
        return dispatcher(scenario, round, expectedPerSecond, List.of());
    }

    /** The dispatcher under the flight recorder, which writes the recording when the process ends. */
    Sample profiled(Scenario scenario, double expectedPerSecond, Path recording)
            throws IOException, InterruptedException {
        return dispatcher(
                scenario,
                0,
                expectedPerSecond,
                List.of(
                        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording,
                        "-Xlog:jfr*=warning:stderr"));
    }

    private Sample dispatcher(Scenario scenario, int round, double expectedPerSecond, List<String> flags)
            throws IOException, InterruptedException {
        Stage.Site site = stage.site(scenario);
        long backlog = options.backlog(expectedPerSecond);
        try (BenchTopics topics = FilledTopics.create(options, stage, scenario, site.targets(), backlog)) {
            Window window;
            Message end;
            try (ChildProcess child =
                    stage.contender(Contender.DISPATCHER, DispatcherMain.command(topics.settings()), flags)) {
                window = Window.measure(options, stage, site.receiver(), child, backlog);
                end = child.stop(STOP_LIMIT);
            }
            CommittedRows rows = CommittedRows.read(
                    stage.bootstrapServers(),
                    topics.topics(),
                    window.from().number("epochMs"),
                    window.to().number("epochMs"));
            return new Sample(
                    scenario,
                    Contender.DISPATCHER,
                    round,
                    rows.outcomesInWindow(),
                    window.seconds(),
                    window.cpuSeconds(),
                    window.jitSeconds(),
                    window.receiverCpuSeconds(),
                    window.brokerCpuSeconds(),
                    rows.attemptMillis().getValueAtPercentile(50),
                    rows.attemptMillis().getValueAtPercentile(99),
                    0,
                    end.number("deferred"),
                    Math.abs(end.number("done") - rows.outcomes()),
                    window.to().number("rssKib") / 1024.0);
        }
    }

    private static Sample measuredByItself(Scenario scenario, Contender contender, int round, Window window) {
        return new Sample(
                scenario,
                contender,
                round,
                window.done(),
                window.seconds(),
                window.cpuSeconds(),
                window.jitSeconds(),
                window.receiverCpuSeconds(),
                window.brokerCpuSeconds(),
                window.to().number("p50Micros") / 1000.0,
                window.to().number("p99Micros") / 1000.0,
                window.to().number("failed"),
                0,
                0,
                window.to().number("rssKib") / 1024.0);
    }
}
