package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.GoalTable;
import dev.hookswitch.common.report.Machine;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a run, for the terminal and as a report. */
final class RetriesReport {
    static final String NAME = "retries";

    private final List<Chapter> chapters;
    private final List<Measure> measures;

    RetriesReport(List<Chapter> chapters) {
        this.chapters = List.copyOf(chapters);
        this.measures = chapters.stream()
                .flatMap(chapter -> chapter.measures().stream())
                .toList();
    }

    static List<String> lines(Chapter chapter) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(chapter.title());
        lines.addAll(chapter.table().lines());
        lines.add("");
        return lines;
    }

    List<String> goals() {
        return GoalTable.lines(measures);
    }

    boolean allMet() {
        return GoalTable.allMet(measures);
    }

    /** Writes the report into the folder. */
    void write(Path folder, String commit, String command) throws IOException {
        Chart chart = new Chart("Retries; each scenario from its own beginning");
        List<Chapter.Panel> panels =
                chapters.stream().flatMap(chapter -> chapter.panels().stream()).toList();
        panels.forEach(panel -> chart.panel(panel.name(), panel.curves().toArray(Chart.Curve[]::new)));
        new Report(NAME, Machine.current(), commit, command, measures)
                .write(
                        folder,
                        "Retries on time",
                        chapters.stream().map(Chapter::markdown).collect(Collectors.joining("\n")),
                        panels.isEmpty() ? Optional.empty() : Optional.of(chart.svg()));
    }
}
