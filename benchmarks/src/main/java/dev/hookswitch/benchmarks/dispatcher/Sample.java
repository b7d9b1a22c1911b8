package dev.hookswitch.benchmarks.dispatcher;

/**
 * One window of one contender.
 *
 * @param pair from 1, over all generations; samples of the same scenario and pair were taken one after the other
 * @param deliveries POSTs answered with 200; of the dispatcher, outcomes committed
 * @param seconds how long the window was
 * @param cpuSeconds of the contender's process
 * @param jitSeconds of these, about what the JIT compiler took
 * @param receiverCpuSeconds of the receiver's process
 * @param brokerCpuSeconds of the broker's process
 * @param p50Ms median duration of an attempt, in ms; whole ones for the dispatcher
 * @param p99Ms 99th percentile
 * @param failed POSTs that failed since the window before
 * @param deferred deliveries that were put off since the window before, because their endpoint was busy
 * @param unaccounted difference between outcomes that the dispatcher counted and committed rows that were found, in the
 *     last window of a process that of its whole life
 * @param stolenShare part of the processors' time that the hypervisor gave to others
 * @param rssMib resident memory of the contender's process at the end
 */
record Sample(
        Scenario scenario,
        Contender contender,
        int pair,
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
        double stolenShare,
        double rssMib) {

    /** Of a contender that counts for itself. */
    static Sample counted(Scenario scenario, Contender contender, int pair, Window window) {
        return of(
                scenario,
                contender,
                pair,
                window,
                window.done(),
                window.to().number("p50Micros") / 1000.0,
                window.to().number("p99Micros") / 1000.0,
                window.sinceBefore("failed"),
                0,
                0);
    }

    /** Of the dispatcher, of which that counts which it has committed. */
    static Sample committed(Scenario scenario, int pair, Window window, CommittedRows.InWindow rows, long unaccounted) {
        return of(
                scenario,
                Contender.DISPATCHER,
                pair,
                window,
                rows.outcomes(),
                (double) rows.attemptMillis().getValueAtPercentile(50),
                (double) rows.attemptMillis().getValueAtPercentile(99),
                0,
                window.sinceBefore("deferred"),
                unaccounted);
    }

    private static Sample of(
            Scenario scenario,
            Contender contender,
            int pair,
            Window window,
            long deliveries,
            double p50Ms,
            double p99Ms,
            long failed,
            long deferred,
            long unaccounted) {
        return new Sample(
                scenario,
                contender,
                pair,
                deliveries,
                window.seconds(),
                window.cpuSeconds(),
                window.jitSeconds(),
                window.receiverCpuSeconds(),
                window.brokerCpuSeconds(),
                p50Ms,
                p99Ms,
                failed,
                deferred,
                unaccounted,
                window.stolenShare(),
                window.rssMib());
    }

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
