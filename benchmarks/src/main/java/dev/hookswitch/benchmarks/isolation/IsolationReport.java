package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.figures.GoalTable;
import dev.hookswitch.common.report.Machine;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of a run, for the terminal and as a report. */
final class IsolationReport {
    private static final String HOW = """
            %d endpoints have traffic at a time: %d healthy, %d that accept and never answer, %d that drip a byte a second.
            The healthy ones get %d deliveries/s in all, the whole time. In the phases with bad traffic the bad ones get
            %d/s **beside** that, a third of the whole; without them that third is absent, so the baseline has less work.

            - A producer process keeps to a timetable and writes into `deliveries`; the body says when it was due. Latency
              is from then until the receiver has the whole request, on one clock (CLOCK_MONOTONIC): no coordinated
              omission. "Arrived" is what came within the phase of what was offered in it.
            - One dispatcher process for everything, so JIT and heap are the same in what is compared. A round is healthy
              traffic alone, then at once the same with bad traffic beside it. Each round has bad endpoints that had no
              traffic before, so each is a cold start; a round before all others warms the processes up and does not
              count. A phase is compared with the calm ones before and after it.
            - "Others cores" is what else kept the machine busy: figures taken beside other work tell of that work.
            - After each round the bad endpoints are healed and the tiers hurried (`retry.time-scale`), until every delivery
              has ended: what was deferred was still there. "At the end" means before that.
            - The tiers of the retry scheduler run as a process; its other half, which disables endpoints, does not.
            - The books compare each delivery's committed rows with what the receiver had: an attempt has a POST, a POST has
              an attempt, a deferral has neither and takes no attempt number.

            Profile `standard` (deadline 15 s), bodies of %d bytes, %d partitions, dispatcher with `%s` and %s.
            """;

    private final Options options;
    private final Results results;
    private final List<Measure> measures;

    IsolationReport(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.measures = Goals.measures(results);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(Tables.phases(results).lines());
        lines.add("");
        lines.addAll(Tables.ratios(results).lines());
        lines.add("");
        lines.addAll(GoalTable.lines(measures));
        return lines;
    }

    boolean allMet() {
        return GoalTable.allMet(measures);
    }

    /** Writes the report into the folder. */
    void write(Path folder, String commit, String command) throws IOException {
        Endpoints endpoints = options.layout();
        String how = HOW.formatted(
                options.endpoints(),
                endpoints.healthy(),
                endpoints.badOfKind(),
                endpoints.badOfKind(),
                options.perSecond(),
                options.badPerSecond(),
                options.bodyBytes(),
                options.partitions(),
                String.join(" ", options.jvmFlags()),
                options.settings().isEmpty() ? "default settings" : "`" + options.settings() + "`");
        String text = how + "\n## Phases\n\n" + Tables.phases(results).markdown() + "\n## Ratios\n\n"
                + Tables.ratios(results).markdown();
        new Report("dispatcher-isolation", Machine.current(), commit, command, measures)
                .write(folder, "Bad endpoints beside healthy ones", text, Optional.of(Picture.of(results)));
    }
}
