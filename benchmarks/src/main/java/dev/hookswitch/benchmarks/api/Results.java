package dev.hookswitch.benchmarks.api;

import java.util.List;

/**
 * What a run found.
 *
 * @param building of the full log
 * @param diskBytes of the full log's files
 * @param asked each question
 */
record Results(Building building, long diskBytes, List<Asked> asked) {

    /**
     * How one question was answered.
     *
     * @param rows of a page of the full log
     */
    record Asked(Question question, int rows, Latencies empty, Latencies full) {
        double p99Ratio() {
            return full.ms(99) / empty.ms(99);
        }
    }

    double worstP99Ms() {
        return asked.stream().mapToDouble(one -> one.full().ms(99)).max().orElseThrow();
    }
}
