package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.process.CalmWait;
import dev.hookswitch.common.report.Measure;
import java.util.List;
import java.util.Optional;

/** The end of a run, for the terminal and as a report. */
final class DispatcherReport implements RunReport {
    private static final String HOW = """
            %d generations of processes with %d windows of %d s each: every figure is the median over all windows, every
            ratio the median of the ratios of pairs of windows. For each scenario and generation a raw client and a
            dispatcher are started, and each is warmed up under full load until the JIT compiler has settled, for %d to
            %d s. Then their windows take turns, the first of a pair being the second of the next; while one is measured
            the other rests: the raw client sends nothing, the dispatcher's topic is drained. A pair in which the hypervisor
            took more than %.0f %% of the machine from it is measured again, up to %d for each that counts; those of which the
            least was taken count, and "stolen" says how much that was. Before each pair it waits for a calm second, for %d s in the
            whole run at the most. All run on one machine,
            together with receiver and broker. Bodies of %d bytes, profile `standard`, %d partitions, %d lane(s),
            %d I/O threads, contenders run with `%s`.

            - **raw**: the dispatcher's own HTTP client and signer with the same headers and as many POSTs in flight, no
              Kafka, no other thread: the ceiling.
            - **dispatcher**: the role on a topic that was filled for the window before it began; a delivery counts once its
              outcome row is found committed in the window. Durations are those of the attempt rows, in whole milliseconds.
            - **usual**: a thread per partition, blocking POST with HttpClient 5 classic, commit after each poll of at most
              100; it writes no attempts and no outcomes. One process per generation, after the pair.

            CPU time is that of the whole process, JIT compiler and garbage collector included. The receiver is a process of
            one thread, so its limit is one core.
            """;

    private final Options options;
    private final Results results;

    DispatcherReport(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public List<Table> tables() {
        return List.of(Tables.figures(results), Tables.ratios(results));
    }

    @Override
    public List<Measure> measures() {
        return Goals.measures(results);
    }

    @Override
    public Page page() {
        String how = HOW.formatted(
                options.generations(),
                options.windows(),
                options.window().toSeconds(),
                options.warmUp().toSeconds(),
                options.maxWarmUp().toSeconds(),
                100 * CalmWait.CALM,
                options.tries(),
                options.patience().toSeconds(),
                options.setup().bodyBytes(),
                options.setup().partitions(),
                options.lanes(),
                options.ioThreads(),
                options.setup().flagsText());
        String text = how + "\n## Figures\n\n" + Tables.figures(results).markdown() + "\n## Ratios\n\n"
                + Tables.ratios(results).markdown();
        return new Page("The dispatcher against its own HTTP client", text, Optional.of(Picture.of(results)));
    }
}
