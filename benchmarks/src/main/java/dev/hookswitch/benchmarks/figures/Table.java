package dev.hookswitch.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, the first to the left and the others to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row must have " + rows.get(0).size() + " cells");
        }
        rows.add(List.of(cells));
    }

    /** For a terminal. */
    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** For a page. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row.equals(rows.get(0))) {
                text.append("|---").append("|---:".repeat(row.size() - 1)).append("|\n");
            }
        }
        return text.toString();
    }
}
