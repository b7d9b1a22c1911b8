package dev.hookswitch.benchmarks.api;

import dev.hookswitch.benchmarks.rig.Setup;

/**
 * How a run measures.
 *
 * @param deliveries in the full log, all of one endpoint
 * @param rounds each asks every question of both logs
 * @param calls of each question in a round, of each log
 * @param warmUp calls of each question of each log that do not count
 * @param setup of topics and console
 */
record Options(int deliveries, int rounds, int calls, int warmUp, Setup setup) {
    Options {
        check("deliveries", deliveries);
        check("rounds", rounds);
        check("calls", calls);
        check("warm-up", warmUp);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, was: " + value);
        }
    }
}
