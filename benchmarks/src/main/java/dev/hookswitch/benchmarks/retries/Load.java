package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import java.util.List;

/**
 * What kept the machine busy while something was measured.
 *
 * @param scheduler cores
 * @param broker cores
 * @param others cores of what was no part of the run: figures taken beside much of it tell of that work
 */
record Load(double scheduler, double broker, double others) {

    static Load of(Usage before, Usage after) {
        return new Load(
                after.cores(Usage.Part.SCHEDULER, before),
                after.cores(Usage.Part.BROKER, before),
                after.otherCores(before, Runtime.getRuntime().availableProcessors()));
    }

    List<Measure> measures(String prefix) {
        return List.of(
                Measure.informs(prefix + "_scheduler_load", scheduler, "cores"),
                Measure.informs(prefix + "_broker_load", broker, "cores"),
                Measure.informs(prefix + "_other_load", others, "cores"));
    }
}
