package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.dispatcher.directory.Target;
import dev.hookswitch.dispatcher.lane.EndpointGate.Admission;
import dev.hookswitch.dispatcher.lane.EndpointGate.End;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places neither leak nor multiply, and nothing that was queued is lost, whatever order things come in. */
class GatePermitsTest {
    private static final int CAP = 4;
    private static final int LANE = 512;
    private static final int ENDPOINTS = 5;

    private final EndpointGate gate = new EndpointGate(CAP, LANE, 0);
    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);
    private final List<Work> inFlight = new ArrayList<>();
    private final Set<Work> queued = new HashSet<>();
    private long now;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void placesNeitherLeakNorMultiply(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            now += random.nextInt(5_000_000);
            step(random, random.nextInt(100));
            assertThat(gate.queued()).as("seed %s step %s", seed, step).isEqualTo(queued.size());
            for (int e = 0; e < ENDPOINTS; e++) {
                String id = "e" + e;
                assertThat(inFlight.stream()
                                .filter(work ->
                                        work.delivery().endpoint().webhookId().equals(id)))
                        .as("seed %s step %s", seed, step)
                        .hasSizeLessThanOrEqualTo(CAP);
            }
        }
        gate.dropQueued(all -> true);
        inFlight.forEach(work -> gate.release(work, End.ANSWERED, time()));
        now += 1_000_000_000;
        assertThat(gate.ready(Integer.MAX_VALUE, time())).isEmpty();
        assertThat(gate.queued()).isZero();
        for (int e = 0; e < ENDPOINTS; e++) {
            assertThat(started("e" + e)).as("seed %s: places of e%s", seed, e).isBetween(1, CAP);
        }
    }

    private void step(Random random, int what) {
        if (what < 50) {
            int endpoint = random.nextInt(ENDPOINTS);
            Work work = work("e" + endpoint, endpoint == 0 ? Samples.limited(20) : Samples.TARGET);
            Admission admission = gate.offer(work, time());
            if (admission == Admission.START) {
                inFlight.add(work);
            } else if (admission == Admission.QUEUED) {
                queued.add(work);
            }
        } else if (what < 88 && !inFlight.isEmpty()) {
            End end = what < 54 ? End.TIMED_OUT : what < 58 ? End.NOT_SENT : End.ANSWERED;
            gate.release(inFlight.remove(random.nextInt(inFlight.size())), end, time());
        } else if (what < 94) {
            int atMost = random.nextInt(4);
            List<Work> ready = gate.ready(atMost, time());
            assertThat(ready).hasSizeLessThanOrEqualTo(atMost);
            assertThat(queued).containsAll(ready);
            ready.forEach(queued::remove);
            inFlight.addAll(ready);
        } else if (what < 98) {
            List<Work> overdue = gate.overdue(time());
            assertThat(queued).containsAll(overdue);
            overdue.forEach(queued::remove);
        } else {
            int bit = random.nextInt(2);
            List<Work> dropped = gate.dropQueued(work -> work.hashCode() % 2 == bit);
            assertThat(queued).containsAll(dropped);
            queued.removeIf(work -> work.hashCode() % 2 == bit);
        }
    }

    private int started(String endpoint) {
        int started = 0;
        while (gate.offer(work(endpoint, Samples.TARGET), time()) == Admission.START) {
            started++;
        }
        return started;
    }

    private GateTime time() {
        return new GateTime(now, 1_700_000_000_000L + now / 1_000_000);
    }

    private Work work(String endpoint, Target target) {
        OffsetTracker.Entry entry = tracker.register(tracker.next(), 0);
        return new Work(new Taken(Samples.PARTITION, entry, Samples.delivery(endpoint), new byte[0]), target);
    }
}
