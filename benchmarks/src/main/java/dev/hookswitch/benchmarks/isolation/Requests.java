package dev.hookswitch.benchmarks.isolation;

import dev.hookswitch.benchmarks.pace.PacedScene;
import dev.hookswitch.benchmarks.pace.Phase;
import dev.hookswitch.benchmarks.pace.PhaseFigures;
import dev.hookswitch.benchmarks.receiver.RequestLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Turns what the receiver has written into figures of phases. */
final class Requests {
    private Requests() {}

    /** Figures of the phases, in their order. */
    static List<PhaseFigures> figures(PacedScene scene, Endpoints endpoints, int perSecond, List<Phase> phases)
            throws IOException {
        List<PhaseFigures.Builder> builders = new ArrayList<>();
        phases.forEach(phase -> builders.add(new PhaseFigures.Builder(phase, perSecond, scene.stolen()::isOurs)));
        BitSet seen = new BitSet();
        RequestLog.read(scene.requestLog(), (stamp, arrivedNanos) -> {
            int number = (int) stamp.number();
            if (endpoints.isHealthy(stamp.endpoint()) && !seen.get(number)) {
                seen.set(number);
                builders.forEach(builder -> builder.take(stamp.dueNanos(), arrivedNanos));
            }
        });
        return builders.stream().map(PhaseFigures.Builder::build).toList();
    }
}
