package dev.hookswitch.benchmarks.dispatcher;

/** Samples for tests: windows of one second. */
final class Samples {
    private Samples() {}

    static Sample of(String scenario, Contender contender, int pair, long deliveries, double cpuSeconds) {
        return new Sample(
                Scenario.parse(scenario),
                contender,
                pair,
                deliveries,
                1,
                cpuSeconds,
                0.05,
                0.1,
                0.2,
                3,
                9,
                0,
                0,
                0,
                0.01,
                300);
    }
}
