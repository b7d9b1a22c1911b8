package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.StolenTime;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every tier at its rate. Each is fed so much earlier as its delay is longer, so that all have copies to make at once. */
final class LatenessPlay {
    private static final String HOW = """
            %,d retries/s come due in **each** of the tiers (%s) for the same %d s, %,d/s in all, each tier with its delay%s.
            Due is the tier's own timestamp of the record (the broker's) plus the delay. "Sent" is the timestamp of the copy
            in `deliveries-due`, lateness at the copy: the goal is about that. "Readable" is when a reader of committed
            records had it. A copy is judged when the hypervisor took nothing from this machine from %d ms before it was due to
            %d ms after, late or not; the worst second is of all. The retries are written in transactions of 50 ms, as
            dispatchers do; one scheduler process with `%s`, %d partitions, bodies of %d bytes. Before, the first tier alone
            works for %d s as a warm-up. The broker %s.
            """;

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private LatenessPlay() {}

    static Chapter play(Options options, Consumer<String> progress) throws IOException, InterruptedException {
        List<Duration> delays = options.delays(options.timeScale());
        Duration begin = delays.get(delays.size() - 1).plus(MARGIN);
        Duration warmUp = begin.minus(delays.get(0));
        warmUp = warmUp.compareTo(WARM_UP) > 0 ? WARM_UP : warmUp;
        List<Stream> streams = streams(options, delays, begin, warmUp);
        long count = streams.stream().mapToLong(Stream::count).sum();
        try (TierScene scene = TierScene.open(options, options.timeScale(), (int) count)) {
            long fromMs = scene.feed(streams) + begin.toMillis();
            long untilMs = fromMs + options.window().toMillis();
            scene.await(fromMs, "filling the tiers", progress);
            Usage before = scene.usage();
            scene.await(untilMs, "all tiers at their rate", progress);
            Usage after = scene.usage();
            long produced = scene.awaitCopies(count);
            CopyFigures.Builder builder =
                    new CopyFigures.Builder(delays, options.setup().partitions(), fromMs, untilMs, scene::isOurs);
            CopyLog.read(scene.stop(), builder::take);
            return chapter(options, warmUp, builder.build(), produced, Load.of(before, after));
        }
    }

    private static List<Stream> streams(Options options, List<Duration> delays, Duration begin, Duration warmUp) {
        List<Stream> streams = new ArrayList<>();
        streams.add(new Stream(0, warmUp.toMillis(), options.perSecond(), 0, 1));
        for (int tier = 0; tier < delays.size(); tier++) {
            long fromMs = begin.minus(delays.get(tier)).toMillis();
            streams.add(new Stream(fromMs, fromMs + options.window().toMillis(), options.perSecond(), tier, 1));
        }
        return streams;
    }

    private static Chapter chapter(Options options, Duration warmUp, CopyFigures figures, long produced, Load load) {
        List<Measure> measures =
                new ArrayList<>(CopyGoals.lateness("lateness", options.tiers(), figures.tiers(), options.inWindow()));
        measures.addAll(CopyGoals.books("lateness", produced, figures.books()));
        measures.addAll(load.measures("lateness"));
        String how = HOW.formatted(
                options.perSecond(),
                String.join(
                        ", ", options.tiers().stream().map(tier -> tier.name()).toList()),
                options.window().toSeconds(),
                options.perSecond() * options.tiers().size(),
                options.timeScale() == 1 ? "" : " divided by " + options.timeScale(),
                StolenTime.AFTERMATH.toMillis(),
                StolenTime.AFTERMATH.toMillis(),
                options.setup().flagsText(),
                options.setup().partitions(),
                options.setup().bodyBytes(),
                warmUp.toSeconds(),
                options.broker().isEmpty()
                        ? "flushes to disk every second, as the embedded one does"
                        : "leaves flushing to the system, as Kafka's servers do (`--flush` for every second, as the embedded one does)");
        return new Chapter(
                "Lateness",
                how,
                CopyGoals.table(options.tiers(), figures.tiers()),
                measures,
                List.of(CopyGoals.panel("lateness: p99, ms", options.tiers(), figures.tiers())));
    }
}
