package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.process.CalmWait;
import dev.hookswitch.benchmarks.process.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario with processes of its own. Raw client and dispatcher live side by side, are warmed up once, and are
 * measured in turns while the other rests, so that the windows of a pair are next to each other in time.
 */
final class Generation {
    private final Options options;
    private final Stage stage;
    private final Progress progress;
    private final CalmWait calm;
    private final Scenario scenario;
    private final int pairsBefore;
    private final Results results = new Results();

    /** @param number from 1 */
    Generation(Options options, Stage stage, Progress progress, CalmWait calm, Scenario scenario, int number) {
        this.options = options;
        this.stage = stage;
        this.progress = progress;
        this.calm = calm;
        this.scenario = scenario;
        this.pairsBefore = (number - 1) * options.windows();
    }

    Results run() throws IOException, InterruptedException {
        double rawPerSecond = pairs();
        if (Options.contenders(scenario).contains(Contender.USUAL)) {
            usual(rawPerSecond);
        }
        return results;
    }

    /** Answers how many POSTs a second the raw client makes. */
    private double pairs() throws IOException, InterruptedException {
        try (RawContender raw = RawContender.start(options, stage, scenario)) {
            progress.warm(scenario, Contender.RAW, raw.warmUp(), raw.perSecond());
            try (FedContender dispatcher =
                    FedContender.start(options, stage, scenario, Contender.DISPATCHER, raw.perSecond())) {
                progress.warm(scenario, Contender.DISPATCHER, dispatcher.warmUp(), dispatcher.perSecond());
                counted(dispatcher, Pair.calmest(takeTurns(raw, dispatcher), options.windows()));
            }
            return raw.perSecond();
        }
    }

    /** The order within a pair turns each time, so that drift of the machine hits both alike. */
    private List<Pair> takeTurns(RawContender raw, FedContender dispatcher) throws InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        while (!Pair.suffice(pairs, options.windows(), options.windows() * options.tries())) {
            int number = pairs.size() + 1;
            if (number > options.windows()) {
                progress.oneMorePair();
            }
            calm.await();
            boolean rawFirst = (pairsBefore + number) % 2 == 1;
            Pair pair;
            if (rawFirst) {
                Window first = told(Contender.RAW, number, raw.window());
                pair = new Pair(number, first, told(Contender.DISPATCHER, number, dispatcher.window()));
            } else {
                Window first = told(Contender.DISPATCHER, number, dispatcher.window());
                pair = new Pair(number, told(Contender.RAW, number, raw.window()), first);
            }
            pairs.add(pair);
            if (!pair.isCalm()) {
                progress.disturbed(scenario, pair);
            }
        }
        return pairs;
    }

    private Window told(Contender contender, int number, Window window) {
        progress.window(scenario, contender, pairsBefore + number, window);
        return window;
    }

    private void counted(FedContender dispatcher, List<Pair> pairs) throws InterruptedException {
        for (int i = 0; i < pairs.size(); i++) {
            results.add(Sample.counted(
                    scenario, Contender.RAW, pairsBefore + i + 1, pairs.get(i).raw()));
        }
        committed(dispatcher, pairs.stream().map(Pair::dispatcher).toList());
    }

    private void committed(FedContender dispatcher, List<Window> windows) throws InterruptedException {
        Message end = dispatcher.stop();
        CommittedRows rows =
                CommittedRows.read(stage.bootstrapServers(), dispatcher.topics().topics(), windows);
        long unaccounted = Math.abs(end.number("done") - rows.outcomes());
        for (int i = 0; i < windows.size(); i++) {
            boolean last = i == windows.size() - 1;
            results.add(Sample.committed(
                    scenario,
                    pairsBefore + i + 1,
                    windows.get(i),
                    rows.windows().get(i),
                    last ? unaccounted : 0));
        }
    }

    /** Its rate is known: each partition has one POST at a time. */
    private void usual(double rawPerSecond) throws IOException, InterruptedException {
        double ceiling = options.setup().partitions()
                * 1000.0
                / Math.max(1, scenario.delay().toMillis());
        try (FedContender usual =
                FedContender.start(options, stage, scenario, Contender.USUAL, Math.min(rawPerSecond, ceiling))) {
            progress.warm(scenario, Contender.USUAL, usual.warmUp(), usual.perSecond());
            for (int pair = pairsBefore + 1; pair <= pairsBefore + options.windows(); pair++) {
                results.add(Sample.counted(
                        scenario, Contender.USUAL, pair, told(Contender.USUAL, pair - pairsBefore, usual.window())));
            }
        }
    }
}
