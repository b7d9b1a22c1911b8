package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.recovery.RecoverMain;
import dev.hookswitch.benchmarks.recovery.RecoveryFindings;
import dev.hookswitch.benchmarks.recovery.RecoveryTrial;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.report.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Very many failed deliveries of one endpoint are recovered, by a process that is killed twice. */
final class RecoveryPlay {
    private static final String HOW = """
            %,d deliveries of one endpoint have failed, of %d bytes each, and the endpoint is back. `endpoint recover` runs as a
            process of its own (`%s`) beside the dispatcher as it ships; it is ended by SIGKILL once in the first and once in
            the second half, each time at a random moment of the 200 ms after a transaction (seed %d), and called again. It is
            told to put **%,.0f per second** here; the default of a deployment, `recovery.per-second`, is %s. Missing is what was
            not put, or has no outcome `delivered` of the recovery; twice is what was put twice, or has two such outcomes. POSTs
            are counted by the receiver.
            """;

    private RecoveryPlay() {}

    static Chapter play(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        RecoveryTrial.Plan plan = options.recovery();
        return chapter(plan, RecoveryTrial.run(plan, progress));
    }

    static Chapter chapter(RecoveryTrial.Plan plan, RecoveryFindings findings) {
        long failed = findings.failed();
        Table table = new Table("what", "deliveries");
        table.row("failed", number(failed));
        for (int kill = 0; kill < findings.killedAfter().size(); kill++) {
            table.row(
                    "put before kill " + (kill + 1),
                    number(findings.killedAfter().get(kill)));
        }
        table.row("put in all", number(findings.put()));
        table.row("POSTs", number(findings.posts()));
        table.row("missing", number(findings.missing()));
        table.row("twice", number(findings.twice()));
        long inTheMiddle =
                findings.killedAfter().stream().filter(put -> put < failed).count();
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.informs("recovery_failed", (double) failed, "deliveries"));
        measures.add(exactly("recovery_interrupted", inTheMiddle, "times", 2));
        measures.add(exactly("recovery_put", findings.put(), "deliveries", failed));
        measures.add(exactly("recovery_posts", findings.posts(), "POSTs", failed));
        measures.add(exactly("recovery_missing", findings.missing(), "deliveries", 0));
        measures.add(exactly("recovery_twice", findings.twice(), "deliveries", 0));
        measures.add(Measure.informs("recovery_told_per_second", plan.perSecond(), "deliveries/s"));
        measures.add(Measure.informs("recovery_made_per_second", findings.posts() / findings.seconds(), "POSTs/s"));
        measures.add(Measure.informs("recovery_s", findings.seconds(), "s"));
        String how = HOW.formatted(
                plan.deliveries(),
                plan.bodyBytes(),
                String.join(" ", RecoverMain.FLAGS),
                plan.seed(),
                plan.perSecond(),
                Settings.of(Map.of()).reader().text("recovery.per-second"));
        return new Chapter("A recovery that is killed twice", how, table, measures, List.of());
    }

    private static Measure exactly(String name, long value, String unit, long goal) {
        return Measure.exactly(name, (double) value, unit, (double) goal);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
