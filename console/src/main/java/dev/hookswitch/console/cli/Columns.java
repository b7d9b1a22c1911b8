package dev.hookswitch.console.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of text for a terminal. */
final class Columns {
    private Columns() {}

    /** Columns as wide as their widest cell, two blanks between them; the last one ends where it ends. */
    static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length() + 2);
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        String cell = row.get(i);
                        line.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length())));
                    }
                    return line.toString().stripTrailing();
                })
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
