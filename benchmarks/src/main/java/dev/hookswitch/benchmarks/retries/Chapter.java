package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Chart;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * What one scenario has shown.
 *
 * @param title heading
 * @param how what was done, in Markdown
 * @param table its figures
 * @param measures with and without goals
 * @param panels of the picture
 */
record Chapter(String title, String how, Table table, List<Measure> measures, List<Panel> panels) {

    /**
     * Curves over the time of the scenario.
     *
     * @param name what the values are
     * @param curves one or more
     */
    record Panel(String name, List<Chart.Curve> curves) {
        Panel {
            curves = List.copyOf(curves);
        }
    }

    Chapter {
        measures = List.copyOf(measures);
        panels = List.copyOf(panels);
    }

    /** For the terminal, while the run goes on. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("", title));
        lines.addAll(table.lines());
        lines.add("");
        return lines;
    }

    String markdown() {
        return "## " + title + "\n\n" + how.strip() + "\n\n" + table.markdown();
    }
}
