package dev.hookswitch.benchmarks.command;

import dev.hookswitch.benchmarks.figures.GoalTable;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Machine;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of a run, for the terminal and as a report. */
public interface RunReport {
    /** Of its files. */
    String name();

    /** For the terminal. */
    List<Table> tables();

    /** With and without goals, in the order of the page. */
    List<Measure> measures();

    /** For people. */
    Page page();

    /**
     * What a report has beside its measures.
     *
     * @param title heading
     * @param text Markdown: what was done, and tables
     * @param picture SVG, if there is one
     */
    record Page(String title, String text, Optional<String> picture) {}

    /** The tables and the goals, for the terminal. */
    default List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Table table : tables()) {
            lines.add("");
            lines.addAll(table.lines());
        }
        lines.add("");
        lines.addAll(GoalTable.lines(measures()));
        return lines;
    }

    default boolean allMet() {
        return GoalTable.allMet(measures());
    }

    /**
     * Writes the report into the folder.
     *
     * @param commit the source that ran
     * @param command what to type to get it again
     */
    default void write(Path folder, String commit, String command) throws IOException {
        Page page = page();
        new Report(name(), Machine.current(), commit, command, measures())
                .write(folder, page.title(), page.text(), page.picture());
    }
}
