package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.process.StolenTime;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Optional;

/** The end of a run, for the terminal and as a report. */
final class IsolationReport implements RunReport {
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
            - A delivery is judged for its latency when the hypervisor took nothing from this machine ("stolen") from %d ms
              before it was due to %d ms after: what is slow then is not slow by itself. Rates are judged in all.
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

    @Override
    public String name() {
        return "dispatcher-isolation";
    }

    @Override
    public List<Table> tables() {
        return List.of(Tables.phases(results), Tables.ratios(results));
    }

    @Override
    public List<Measure> measures() {
        return measures;
    }

    @Override
    public Page page() {
        Endpoints endpoints = options.layout();
        String how = HOW.formatted(
                options.endpoints(),
                endpoints.healthy(),
                endpoints.badOfKind(),
                endpoints.badOfKind(),
                options.perSecond(),
                options.badPerSecond(),
                StolenTime.AFTERMATH.toMillis(),
                StolenTime.AFTERMATH.toMillis(),
                options.setup().bodyBytes(),
                options.setup().partitions(),
                options.setup().flagsText(),
                options.setup().settingsText());
        String text = how + "\n## Phases\n\n" + Tables.phases(results).markdown() + "\n## Ratios\n\n"
                + Tables.ratios(results).markdown();
        return new Page("Bad endpoints beside healthy ones", text, Optional.of(Picture.of(results)));
    }
}
