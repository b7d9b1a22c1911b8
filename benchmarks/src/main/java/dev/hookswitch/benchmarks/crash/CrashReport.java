package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.command.RunReport;
import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.common.report.Measure;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The end of a run, for the terminal and as a report. */
final class CrashReport implements RunReport {
    private static final String HOW = """
            A dispatcher process runs as it ships: its own main, default settings, signals; its JVM is told to warm up quickly
            (`-XX:TieredStopAtLevel=1`), and the embedded broker takes a member for dead after 6 s. %d endpoints of a receiver
            process answer after 5 ms to 2 s (mostly below 150 ms), and answer the first POST of every tenth delivery
            with 500; retries come back through the tiers of the retry scheduler. At least %,d deliveries wait at every
            moment. The dispatcher is started, POSTs for a random time between 50 ms and 4 s, and meets its fault; then it
            is started anew with the same instance name. Order and moments of the faults come from seed %d.

            - **kill**: SIGKILL.
            - **term**: SIGTERM; the exit status must be that of a clean stop.
            - **zombie**: SIGSTOP; a second dispatcher takes over after the session time-out; SIGCONT up to 1 s after its
              first POST; both go on for 2 s more and are stopped by SIGTERM, the second not before it has served alone.
            - **twin**: a second dispatcher with the same instance name, so with the same transactional ids, beside the
              first for 8 to 9 s; both are stopped in the same way.

            The receiver writes delivery, time and status of every POST down before it answers. Afterwards each committed
            attempt row is matched with the POST that it tells of: same delivery, same status, arrival between the attempt's
            beginning and end. A POST without a row is a **repeat**: its result was never committed, and it was made once
            more. It counts for the fault that ended the episode in which it arrived. Every delivery must have exactly one
            outcome, `delivered`, and a 2xx in the ledger.

            After a fault at most %,d POSTs may be repeated: %,d in flight (`dispatcher.max-in-flight` and
            `dispatcher.max-slow-in-flight`) and %,d results that wait for their commit (`dispatcher.commit-max-results`).
            """;

    private final Options options;
    private final Bound bound;
    private final Findings findings;
    private final List<Measure> measures;

    CrashReport(Options options, Bound bound, Findings findings) {
        this.options = options;
        this.bound = bound;
        this.findings = findings;
        this.measures = Goals.measures(findings, bound);
    }

    @Override
    public String name() {
        return "dispatcher-crash";
    }

    @Override
    public List<Table> tables() {
        return List.of(faults());
    }

    @Override
    public List<Measure> measures() {
        return measures;
    }

    @Override
    public Page page() {
        String how = HOW.formatted(
                options.endpoints(),
                options.backlog(),
                options.seed(),
                bound.repeats(),
                bound.inFlight(),
                bound.uncommitted());
        String text = how + "\n## Faults\n\n" + faults().markdown() + "\nPOSTs repeated, fault by fault:\n\n" + each();
        return new Page(
                "A dispatcher that is killed and stopped under load",
                text,
                Optional.of(Picture.of(findings.repeats())));
    }

    private Table faults() {
        Table table = new Table(
                "fault",
                "times",
                "POSTs",
                "repeats mean",
                "repeats max",
                "of it in flight, mean",
                "answered, mean",
                "last commit before, mean ms",
                "first POST after start, mean s",
                "max s");
        for (Fault fault : Fault.values()) {
            List<Repeats> all = findings.after(fault);
            if (!all.isEmpty()) {
                row(table, fault, all);
            }
        }
        return table;
    }

    private static void row(Table table, Fault fault, List<Repeats> all) {
        IntSummaryStatistics repeats = all.stream().mapToInt(Repeats::all).summaryStatistics();
        LongSummaryStatistics untilServingMs = all.stream()
                .mapToLong(one -> one.episode().untilServing().toMillis())
                .summaryStatistics();
        table.row(
                fault.label(),
                Integer.toString(all.size()),
                count(all.stream().mapToLong(one -> one.episode().posts()).sum()),
                decimal(repeats.getAverage()),
                count(repeats.getMax()),
                decimal(mean(all, Repeats::inFlight)),
                decimal(mean(all, Repeats::answered)),
                decimal(mean(all, Repeats::sinceCommitMs)),
                decimal(untilServingMs.getAverage() / 1000),
                decimal(untilServingMs.getMax() / 1000.0));
    }

    private static double mean(List<Repeats> all, ToLongFunction<Repeats> what) {
        return all.stream().mapToLong(what).average().orElse(0);
    }

    private String each() {
        return findings.repeats().stream()
                .map(repeats -> repeats.episode().fault().label() + " " + repeats.all())
                .collect(Collectors.joining(", ", "", ".\n"));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
