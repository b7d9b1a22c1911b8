package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Table;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.topics.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The scheduler is killed with retries in every tier, and comes back after the longest of them would have been due. */
final class OutagePlay {
    private static final String HOW = """
            Every tier gets %,d retries/s, with all delays divided by %.0f. The scheduler is ended by SIGKILL once the longest tier
            releases too, and started again after %.1f s: 15 minutes, scaled. The retries go on all the time and for %.1f s after.
            Every retry must have one copy, not early, and in the order of its tier and partition, which is the order of due
            times. Tiers are served apart: how far a retry of one may be overtaken by one of another is told, not promised.
            """;

    private static final Duration AFTER = Duration.ofSeconds(10);

    private final Options options;
    private final List<Tier> tiers;
    private final List<Duration> delays;
    private final Consumer<String> progress;

    OutagePlay(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.tiers = options.tiers();
        this.delays = options.delays(options.outageScale());
    }

    /** The retries of a tier that came due while there was no scheduler. */
    private static final class Overdue {
        private long count;
        private long lastReadMs;

        void take(CopyLog.Copy copy) {
            count++;
            lastReadMs = Math.max(lastReadMs, copy.readMs());
        }
    }

    Chapter play() throws IOException, InterruptedException {
        Duration lead = delays.get(delays.size() - 1).plusSeconds(2);
        long untilMs = lead.plus(options.outage()).plus(AFTER).toMillis();
        List<Stream> streams = new ArrayList<>();
        for (int tier = 0; tier < delays.size(); tier++) {
            streams.add(new Stream(0, untilMs, options.outagePerSecond(), tier, 1));
        }
        long count = streams.stream().mapToLong(Stream::count).sum();
        try (TierScene scene = TierScene.open(options, options.outageScale(), (int) count)) {
            long originMs = scene.feed(streams);
            scene.await(originMs + lead.toMillis(), "filling the tiers", progress);
            long goneMs = System.currentTimeMillis();
            scene.killScheduler();
            scene.await(goneMs + options.outage().toMillis(), "no scheduler", progress);
            long startedMs = System.currentTimeMillis();
            long readyMs = scene.startScheduler();
            progress.accept("the scheduler is back");
            long produced = scene.awaitCopies(count);
            CopyFigures.Builder builder = new CopyFigures.Builder(
                    delays, options.setup().partitions(), originMs, originMs + untilMs, scene::isOurs);
            List<Overdue> overdue = delays.stream().map(delay -> new Overdue()).toList();
            CopyLog.read(scene.stop(), copy -> {
                builder.take(copy);
                long dueMs = copy.parkedMs() + delays.get(copy.tier()).toMillis();
                if (dueMs >= goneMs && dueMs < readyMs) {
                    overdue.get(copy.tier()).take(copy);
                }
            });
            return chapter(builder.build().books(), produced, overdue, startedMs, readyMs);
        }
    }

    private Chapter chapter(
            CopyFigures.Books books, long produced, List<Overdue> overdue, long startedMs, long readyMs) {
        Table table = new Table("tier", "due meanwhile", "last of them made, s after the start");
        for (int tier = 0; tier < tiers.size(); tier++) {
            Overdue one = overdue.get(tier);
            table.row(
                    tiers.get(tier).name(),
                    String.format(Locale.ROOT, "%,d", one.count),
                    String.format(Locale.ROOT, "%.2f", (one.lastReadMs - startedMs) / 1e3));
        }
        long lastMs = overdue.stream().mapToLong(one -> one.lastReadMs).max().orElse(startedMs);
        List<Measure> measures = new ArrayList<>(CopyGoals.books("outage", produced, books));
        measures.add(Measure.informs(
                "outage_due_meanwhile",
                (double) overdue.stream().mapToLong(one -> one.count).sum(),
                "retries"));
        measures.add(Measure.informs("outage_start_to_ready_s", (readyMs - startedMs) / 1e3, "s"));
        measures.add(Measure.informs("outage_start_to_all_made_s", (lastMs - startedMs) / 1e3, "s"));
        measures.add(Measure.informs("outage_overtaken_by_other_tiers_s", books.overtakenMs() / 1e3, "s of due time"));
        String how = HOW.formatted(
                options.outagePerSecond(),
                options.outageScale(),
                options.outage().toMillis() / 1e3,
                AFTER.toMillis() / 1e3);
        return new Chapter("No scheduler for a while", how, table, measures, List.of());
    }
}
