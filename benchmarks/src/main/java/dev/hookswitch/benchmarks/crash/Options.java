package dev.hookswitch.benchmarks.crash;

/**
 * How a run goes.
 *
 * @param kills how often a dispatcher is killed
 * @param terms how often one is stopped
 * @param zombies how often one is paused until another has taken over
 * @param twins how often two have the same instance name
 * @param seed of all chance
 * @param endpoints how many
 * @param partitions of the topics
 * @param backlog deliveries that wait at the least
 */
record Options(int kills, int terms, int zombies, int twins, long seed, int endpoints, int partitions, int backlog) {
    static final int BODY_BYTES = 512;

    Options {
        if (kills < 0 || terms < 0 || zombies < 0 || twins < 0) {
            throw new IllegalArgumentException("no fault happens less than 0 times");
        }
    }
}
