package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.GoalTable;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a run; the tables of its chapters were shown already. */
final class RetriesReport implements RunReport {
    private final List<Chapter> chapters;

    RetriesReport(List<Chapter> chapters) {
        this.chapters = List.copyOf(chapters);
    }

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public List<Table> tables() {
        return List.of();
    }

    @Override
    public List<String> lines() {
        return GoalTable.lines(measures());
    }

    @Override
    public List<Measure> measures() {
        return chapters.stream().flatMap(chapter -> chapter.measures().stream()).toList();
    }

    @Override
    public Page page() {
        Chart chart = new Chart("Retries; each scenario from its own beginning");
        List<Chapter.Panel> panels =
                chapters.stream().flatMap(chapter -> chapter.panels().stream()).toList();
        panels.forEach(panel -> chart.panel(panel.name(), panel.curves().toArray(Chart.Curve[]::new)));
        return new Page(
                "Retries on time",
                chapters.stream().map(Chapter::markdown).collect(Collectors.joining("\n")),
                panels.isEmpty() ? Optional.empty() : Optional.of(chart.svg()));
    }
}
