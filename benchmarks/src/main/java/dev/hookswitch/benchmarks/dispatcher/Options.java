package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a run measures.
 *
 * @param scenarios in the order of a round
 * @param rounds how often every scenario is measured
 * @param warmUp before each window, with full load, at the least
 * @param maxWarmUp how much longer it is when the JIT compiler is still busy
 * @param window how long is measured
 * @param lanes of the dispatcher
 * @param ioThreads of the HTTP client
 * @param perEndpoint POSTs in flight to one endpoint, per lane
 * @param partitions of the topics; threads of the usual alternative
 * @param bodyBytes of each delivery
 * @param maxDeliveries that a topic is filled with; a window ends before they do
 * @param spread how endpoints differ
 * @param jvmFlags of all contenders
 * @param settings of the dispatcher beside those of the scenario
 * @param profile whether the dispatcher runs once more under the flight recorder
 */
record Options(
        List<Scenario> scenarios,
        int rounds,
        Duration warmUp,
        Duration maxWarmUp,
        Duration window,
        int lanes,
        int ioThreads,
        int perEndpoint,
        int partitions,
        int bodyBytes,
        long maxDeliveries,
        Targets.Spread spread,
        List<String> jvmFlags,
        Map<String, String> settings,
        boolean profile) {

    Options {
        scenarios = List.copyOf(scenarios);
        jvmFlags = List.copyOf(jvmFlags);
        settings = Map.copyOf(settings);
    }

    /** What a topic must hold so that a contender of that rate does not run out of work. */
    long backlog(double perSecond) {
        double seconds = maxWarmUp.plus(window).toMillis() / 1000.0 + 1;
        return Math.min(maxDeliveries, Math.max(5_000, (long) (perSecond * seconds * 1.1)));
    }
}
