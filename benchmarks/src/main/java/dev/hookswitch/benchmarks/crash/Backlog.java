package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.rig.BenchTopics;
import java.time.Clock;
import java.util.Map;

/** Keeps so many deliveries waiting that a dispatcher always has all it can take. */
final class Backlog implements AutoCloseable {
    private static final long BODY_SEED = 1;
    private static final int AT_A_TIME = 1_000;

    private final Clock clock;
    private final Targets targets;
    private final long atLeast;
    private final Deliveries deliveries;
    private final Bodies bodies = new Bodies(Options.BODY_BYTES, BODY_SEED);
    private long written;

    Backlog(Clock clock, String bootstrapServers, BenchTopics topics, Targets targets, long atLeast) {
        this.clock = clock;
        this.targets = targets;
        this.atLeast = atLeast;
        this.deliveries = new Deliveries(bootstrapServers, topics.topics(), targets, Map.of("linger.ms", "5"));
    }

    /** @param posts that were made so far: repeats and retries are among them, so a little too much is written */
    void topUp(long posts) {
        if (written - posts >= atLeast) {
            return;
        }
        long until = posts + atLeast + AT_A_TIME;
        for (; written < until; written++) {
            deliveries.put(written, (int) (written % targets.count()), clock.instant(), bodies.get(written));
        }
        deliveries.flush();
    }

    /** How many the broker has acknowledged. */
    long written() {
        return written;
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
