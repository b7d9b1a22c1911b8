package dev.hookswitch.benchmarks.figures;

import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Locale;

/** The measures that have a goal, for a terminal. */
public final class GoalTable {
    private GoalTable() {}

    public static List<String> lines(List<Measure> measures) {
        Table goals = new Table("goal", "value", "goal", "met");
        for (Measure measure : measures) {
            String goal = measure.goal();
            if (goal != null) {
                goals.row(
                        measure.name(),
                        String.format(Locale.ROOT, "%.3f", measure.value()),
                        goal,
                        Boolean.TRUE.equals(measure.met()) ? "yes" : "NO");
            }
        }
        return goals.lines();
    }

    public static boolean allMet(List<Measure> measures) {
        return measures.stream().noneMatch(measure -> Boolean.FALSE.equals(measure.met()));
    }
}
