package dev.hookswitch.benchmarks.dispatcher;

/**
 * One window of one contender.
 *
 * @param round from 1; samples of the same scenario and round are a pair
 * @param deliveries POSTs answered with 200; of the dispatcher, outcomes committed
 * @param seconds how long the window was
 * @param cpuSeconds of the contender's process
 * @param jitSeconds of these, about what the JIT compiler took
 * @param receiverCpuSeconds of the receiver's process
 * @param brokerCpuSeconds of the broker's process
 * @param p50Ms median duration of an attempt, in ms; whole ones for the dispatcher
 * @param p99Ms 99th percentile
 * @param failed POSTs that failed, before and in the window
 * @param deferred deliveries that were put off because their endpoint was busy, before and in the window
 * @param unaccounted difference between outcomes that the dispatcher counted and committed rows that were found
 * @param rssMib resident memory of the contender's process at the end
 */
record Sample(
        Scenario scenario,
        Contender contender,
        int round,
        long deliveries,
        double seconds,
        double cpuSeconds,
        double jitSeconds,
        double receiverCpuSeconds,
        double brokerCpuSeconds,
        double p50Ms,
        double p99Ms,
        long failed,
        long deferred,
        long unaccounted,
        double rssMib) {

    double perSecond() {
        return deliveries / seconds;
    }

    double perCpuSecond() {
        return deliveries / cpuSeconds;
    }

    /** Cores that the contender kept busy. */
    double cores() {
        return cpuSeconds / seconds;
    }

    double jitCores() {
        return jitSeconds / seconds;
    }

    double receiverCores() {
        return receiverCpuSeconds / seconds;
    }

    double brokerCores() {
        return brokerCpuSeconds / seconds;
    }
}
