package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Makes topics of their own for one contender, filled. */
final class FilledTopics {
    private FilledTopics() {}

    /** Creates and fills them. */
    static BenchTopics create(Options options, Stage stage, Scenario scenario, Targets targets, long backlog)
            throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("dispatcher.lanes", Integer.toString(options.lanes()));
        settings.put("dispatcher.io-threads", Integer.toString(options.ioThreads()));
        settings.put("dispatcher.max-in-flight", Integer.toString(scenario.maxInFlight()));
        settings.put("dispatcher.max-in-flight-per-endpoint", Integer.toString(options.perEndpoint()));
        settings.putAll(options.settings());
        BenchTopics topics = BenchTopics.create(stage.rig(), options.partitions(), settings);
        topics.subscribe(targets);
        topics.fill(targets, backlog, options.bodyBytes());
        return topics;
    }
}
