package dev.hookswitch.common.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A proof or a benchmark, as it is kept in {@code docs/reports}: {@code <name>.json} for checks, {@code <name>.md} for
 * people and, where a picture says more, {@code <name>.svg}.
 *
 * @param name the files' name
 * @param machine what it ran on
 * @param commit the source that ran, or {@code unknown}
 * @param command what to type to get it again
 * @param measures in the order of the page
 */
public record Report(String name, Machine machine, String commit, String command, List<Measure> measures) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Report {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("name must be lower-case letters, digits and hyphens, was: " + name);
        }
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(command, "command");
        measures = List.copyOf(measures);
    }

    /** Whether every measure with a goal met it. */
    public boolean allMet() {
        return measures.stream().noneMatch(measure -> Boolean.FALSE.equals(measure.met()));
    }

    /**
     * Writes the files into the folder, over those of an earlier run.
     *
     * @param title heading of the page
     * @param text Markdown that stands between the facts of the run and the measures
     * @param svg the picture, if there is one
     */
    public void write(Path folder, String title, String text, Optional<String> svg) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(this));
        Files.writeString(folder.resolve(name + ".md"), markdown(title, text, svg.isPresent()), UTF_8);
        if (svg.isPresent()) {
            Files.writeString(folder.resolve(name + ".svg"), svg.get(), UTF_8);
        }
    }

    private String markdown(String title, String text, boolean picture) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(title).append("\n\n");
        page.append("- Machine: ").append(machine).append('\n');
        page.append("- Commit: `").append(commit).append("`\n");
        page.append("- Command: `").append(command).append("`\n\n");
        if (picture) {
            page.append("![").append(title).append("](").append(name).append(".svg)\n\n");
        }
        page.append(text.strip()).append("\n\n## Measures\n\n");
        page.append("| measure | value | unit | goal | met |\n|---|---:|---|---|---|\n");
        for (Measure measure : measures) {
            page.append("| ").append(measure.name());
            page.append(" | ").append(number(measure.value()));
            page.append(" | ").append(measure.unit());
            page.append(" | ").append(measure.goal() == null ? "" : measure.goal());
            page.append(" | ").append(measure.met() == null ? "" : measure.met() ? "yes" : "**no**");
            page.append(" |\n");
        }
        return page.toString();
    }

    /** At most three digits after the point. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
