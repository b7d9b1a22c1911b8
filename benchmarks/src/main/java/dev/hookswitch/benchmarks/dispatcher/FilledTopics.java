package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import java.io.IOException;
import java.util.Map;

/** Makes topics of their own for one contender, filled. */
final class FilledTopics {
    private FilledTopics() {}

    /** Creates and fills them. */
    static BenchTopics create(Options options, Stage stage, Scenario scenario, Targets targets, long backlog)
            throws IOException {
        BenchTopics topics = BenchTopics.create(
                stage.rig(),
                options.partitions(),
                Map.of(
                        "dispatcher.lanes", Integer.toString(options.lanes()),
                        "dispatcher.io-threads", Integer.toString(options.ioThreads()),
                        "dispatcher.max-in-flight", Integer.toString(scenario.maxInFlight()),
                        "dispatcher.max-in-flight-per-endpoint", Integer.toString(options.perEndpoint())));
        topics.subscribe(targets);
        topics.fill(targets, backlog, options.bodyBytes());
        return topics;
    }
}
