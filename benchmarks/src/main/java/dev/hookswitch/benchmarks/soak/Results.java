package dev.hookswitch.benchmarks.soak;

import dev.hookswitch.benchmarks.books.Audit;
import java.util.List;

/**
 * What a run has shown.
 *
 * @param samples in their order
 * @param audit of all deliveries
 * @param dispatcherCores that the dispatcher kept busy
 */
record Results(List<Sample> samples, Audit audit, double dispatcherCores) {
    Results {
        samples = List.copyOf(samples);
    }
}
