package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.figures.Spread;
import dev.hookswitch.benchmarks.pace.Stream;
import dev.hookswitch.benchmarks.process.Usage;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.topics.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Very many retries wait in the longest tier while the others work: the scheduler's heap without them and with them. */
final class ParkedPlay {
    private static final String HOW = """
            All tiers but `%s` release %,d retries/s each the whole time%s. The scheduler's live heap, after a full collection,
            is looked at %d times with nothing in `%s`; then %,d retries are parked there, and after %d s, in which the lateness
            of the other tiers is measured, it is looked at as often again. More is the greatest with them less the least
            without. The collections are outside the time in which lateness is measured, which is judged as above. The scheduler
            has `%s`.
            """;

    private static final double MORE_MIB = 64;
    private static final int LOOKS = 5;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOKING = LOOK_EVERY.multipliedBy(LOOKS);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final int PARKED_PER_SECOND = 50_000;

    private final Options options;
    private final List<Tier> tiers;
    private final List<Duration> delays;
    private final int last;
    /** When all tiers but the last are at work, when the parking begins and ends, and when everything does. */
    private final Duration begin;

    private final Duration parking;
    private final Duration parked;
    private final Duration end;
    private final Consumer<String> progress;

    ParkedPlay(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.tiers = options.tiers();
        this.delays = options.delays(options.timeScale());
        this.last = tiers.size() - 1;
        this.begin = delays.get(last - 1).plus(SETTLE);
        this.parking = begin.plus(LOOKING).plus(SETTLE);
        this.parked = parking.plusSeconds(Math.max(1, options.parked() / PARKED_PER_SECOND));
        this.end = parked.plus(SETTLE).plus(options.window()).plus(SETTLE).plus(LOOKING);
        if (end.minus(parking).compareTo(delays.get(last)) >= 0) {
            throw new IllegalArgumentException(
                    "what is parked comes due before the end: parked and seconds must be less");
        }
    }

    /**
     * Whether there is time for all of it.
     *
     * @throws IllegalArgumentException when not
     */
    static void check(Options options) {
        var unused = new ParkedPlay(options, line -> {});
    }

    Chapter play() throws IOException, InterruptedException {
        List<Stream> streams = streams();
        long count = streams.stream().mapToLong(Stream::count).sum();
        long inLast = streams.get(0).count();
        try (TierScene scene = TierScene.open(options, options.timeScale(), (int) count)) {
            long originMs = scene.feed(streams);
            scene.await(originMs + begin.toMillis(), "filling the tiers", progress);
            List<Double> without = looks(scene, originMs + begin.toMillis());
            long fromMs = originMs + parked.plus(SETTLE).toMillis();
            scene.await(fromMs, "parking", progress);
            Usage before = scene.usage();
            scene.await(fromMs + options.window().toMillis(), "many are parked", progress);
            Usage after = scene.usage();
            List<Double> with =
                    looks(scene, fromMs + options.window().plus(SETTLE).toMillis());
            long produced = scene.awaitCopies(count - inLast);
            CopyFigures.Builder builder = new CopyFigures.Builder(
                    delays,
                    options.setup().partitions(),
                    fromMs,
                    fromMs + options.window().toMillis(),
                    scene::isOurs);
            CopyLog.read(scene.stop(), builder::take);
            return chapter(builder.build(), produced - inLast, without, with, Load.of(before, after));
        }
    }

    private List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        long seconds = parked.minus(parking).toSeconds();
        streams.add(new Stream(parking.toMillis(), parked.toMillis(), (int) (options.parked() / seconds), last, 1));
        for (int tier = 0; tier < last; tier++) {
            Duration delay = delays.get(tier);
            streams.add(new Stream(
                    begin.minus(SETTLE).minus(delay).toMillis(),
                    end.minus(delay).toMillis(),
                    options.perSecond(),
                    tier,
                    1));
        }
        return streams;
    }

    private List<Double> looks(TierScene scene, long fromMs) throws InterruptedException {
        List<Double> mib = new ArrayList<>();
        for (int i = 1; i <= LOOKS; i++) {
            scene.await(fromMs + i * LOOK_EVERY.toMillis(), "looking", progress);
            mib.add(scene.census().number("heapKib") / 1024.0);
        }
        progress.accept("live heap of the scheduler, MiB: " + mib);
        return mib;
    }

    private Chapter chapter(CopyFigures figures, long copies, List<Double> without, List<Double> with, Load load) {
        List<Tier> others = tiers.subList(0, last);
        Spread less = spread(without);
        Spread more = spread(with);
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.informs("parked", options.parked(), "retries"));
        measures.add(Measure.informs("parked_heap_without_mib", less.median(), "MiB"));
        measures.add(Measure.informs("parked_heap_with_mib", more.median(), "MiB"));
        measures.add(Measure.atMost("parked_heap_more_mib", more.max() - less.min(), "MiB", MORE_MIB));
        measures.addAll(CopyGoals.lateness("parked", others, figures.tiers(), options.inWindow()));
        measures.addAll(CopyGoals.books("parked_others", copies, figures.books()));
        measures.addAll(load.measures("parked"));
        String how = HOW.formatted(
                tiers.get(last).name(),
                options.perSecond(),
                options.timeScale() == 1 ? "" : " (delays divided by " + options.timeScale() + ")",
                LOOKS,
                tiers.get(last).name(),
                options.parked(),
                options.window().toSeconds(),
                options.setup().flagsText());
        return new Chapter(
                "Very many parked",
                how,
                CopyGoals.table(others, figures.tiers()),
                measures,
                List.of(CopyGoals.panel("with many parked: p99, ms", others, figures.tiers())));
    }

    private static Spread spread(List<Double> values) {
        return Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
