package dev.hookswitch.benchmarks.isolation;

/**
 * Which endpoint is what. Every round has bad endpoints of its own, so that the dispatcher knows nothing of them when their
 * traffic begins: first come the silent ones of all rounds, then the dripping ones of all rounds, then the healthy ones.
 *
 * @param badOfKind silent ones of a round, and as many dripping ones
 * @param rounds how many
 * @param healthy of all rounds
 */
record Endpoints(int badOfKind, int rounds, int healthy) {
    int silent() {
        return badOfKind * rounds;
    }

    int dripping() {
        return badOfKind * rounds;
    }

    int firstHealthy() {
        return silent() + dripping();
    }

    int firstSilent(int round) {
        return badOfKind * round;
    }

    int firstDripping(int round) {
        return silent() + badOfKind * round;
    }

    int count() {
        return firstHealthy() + healthy;
    }

    boolean isHealthy(int endpoint) {
        return endpoint >= firstHealthy();
    }
}
