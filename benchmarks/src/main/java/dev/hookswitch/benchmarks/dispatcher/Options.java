package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.rig.Setup;
import java.time.Duration;
import java.util.List;

/**
 * How a run measures.
 *
 * @param scenarios in the order of a generation
 * @param generations how often every scenario gets new processes
 * @param windows of each process that count
 * @param tries pairs of windows that are measured at the most for each that counts
 * @param patience how long the whole run waits for calm moments of the machine at the most
 * @param warmUp of each process, with full load, at the least
 * @param maxWarmUp at the most, when the JIT compiler is still busy
 * @param window how long is measured
 * @param lanes of the dispatcher
 * @param ioThreads of the HTTP client
 * @param perEndpoint POSTs in flight to one endpoint, per lane
 * @param spread how endpoints differ
 * @param setup of topics and contenders; its partitions are the threads of the usual alternative too, its settings are those
 *     of the dispatcher beside what the scenario says
 * @param profile whether the dispatcher runs once more under the flight recorder
 */
record Options(
        List<Scenario> scenarios,
        int generations,
        int windows,
        int tries,
        Duration patience,
        Duration warmUp,
        Duration maxWarmUp,
        Duration window,
        int lanes,
        int ioThreads,
        int perEndpoint,
        Targets.Spread spread,
        Setup setup,
        boolean profile) {

    Options {
        if (generations < 1 || windows < 1) {
            throw new IllegalArgumentException(
                    "generations and windows must be 1 or more, were: " + generations + " and " + windows);
        }
        scenarios = List.copyOf(scenarios);
    }

    /** What is compared in a scenario; the usual alternative where the receiver takes its time. */
    static List<Contender> contenders(Scenario scenario) {
        return scenario.instant()
                ? List.of(Contender.RAW, Contender.DISPATCHER)
                : List.of(Contender.RAW, Contender.DISPATCHER, Contender.USUAL);
    }
}
