package dev.hookswitch.benchmarks.api;

import java.util.Arrays;

/** Of the answers to one question, in milliseconds, the shortest first. */
record Latencies(double[] sortedMs) {
    static Latencies of(double... ms) {
        double[] sorted = ms.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** @param percent of the answers are not slower */
    double ms(double percent) {
        return sortedMs[(int) Math.max(0, Math.ceil(percent / 100 * sortedMs.length) - 1)];
    }

    double maxMs() {
        return sortedMs[sortedMs.length - 1];
    }
}
