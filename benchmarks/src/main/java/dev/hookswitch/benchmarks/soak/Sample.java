package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.process.Message;

/**
 * The dispatcher at one moment.
 *
 * @param seconds since the load began
 * @param heapMib what is held, after a full collection
 * @param heapBeforeMib before that collection
 * @param nonHeapMib classes and compiled code
 * @param directMib buffers outside the heap
 * @param rssMib of the process
 * @param threads of the JVM
 * @param files open descriptors, sockets included
 * @param ended deliveries with an outcome so far
 * @param open deliveries that were produced and have none
 */
record Sample(
        double seconds,
        double heapMib,
        double heapBeforeMib,
        double nonHeapMib,
        double directMib,
        double rssMib,
        double threads,
        double files,
        long ended,
        long open) {

    /**
     * Of a census.
     *
     * @param originNanos when the load began
     */
    static Sample of(Message census, long originNanos, long ended, long open) {
        return new Sample(
                (census.number("nanos") - originNanos) / 1e9,
                mib(census, "heapKib"),
                mib(census, "heapBeforeKib"),
                mib(census, "nonHeapKib"),
                mib(census, "directKib"),
                mib(census, "rssKib"),
                census.number("threads"),
                census.number("files"),
                ended,
                open);
    }

    private static double mib(Message census, String key) {
        return census.number(key) / 1024.0;
    }
}
