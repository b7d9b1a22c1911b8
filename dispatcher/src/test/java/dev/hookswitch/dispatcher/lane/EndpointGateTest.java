package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.dispatcher.lane.EndpointGate.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGateTest {
    private static final int CAP = 4;
    private static final long MAX_WAIT = EndpointGate.MAX_WAIT.toNanos();

    private final EndpointGate gate = new EndpointGate(CAP);
    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);

    @Test
    void startsUpToTheCapAndQueuesBeyond() {
        for (int i = 0; i < CAP; i++) {
            assertThat(gate.offer(work("a"), 0)).isEqualTo(Admission.START);
        }

        assertThat(gate.offer(work("a"), 0)).isEqualTo(Admission.QUEUED);
        assertThat(gate.queued()).isEqualTo(1);
    }

    @Test
    void endpointsDoNotShareTheCap() {
        fill("a", 0);

        assertThat(gate.offer(work("b"), 0)).isEqualTo(Admission.START);
    }

    @Test
    void endedPostLetsTheLongestWaitingOneStart() {
        Work first = fill("a", 0);
        Work second = work("a");
        Work third = work("a");
        gate.offer(second, 0);
        gate.offer(third, 0);

        assertThat(gate.release(first, 1)).containsSame(second);
        assertThat(gate.release(first, 1)).containsSame(third);
        assertThat(gate.queued()).isZero();
    }

    /** An endpoint that answers nothing must not fill the lane: what it cannot take in 200 ms is put off at once. */
    @Test
    void silentEndpointIsPutOff() {
        fill("a", 0);
        int queued = 0;
        while (gate.offer(work("a"), 0) == Admission.QUEUED) {
            queued++;
        }

        assertThat(queued).isBetween(1, 200);
        assertThat(gate.offer(work("a"), 2 * MAX_WAIT)).isEqualTo(Admission.DEFER);
        assertThat(gate.overdue(MAX_WAIT)).isEmpty();
        assertThat(gate.overdue(2 * MAX_WAIT)).hasSize(queued);
        assertThat(gate.queued()).isZero();
    }

    @Test
    void quickEndpointMayQueueMoreThanASlowOne() {
        assertThat(queueAfterAnswers("quick", Duration.ofMillis(1))).isGreaterThan(150);
        assertThat(queueAfterAnswers("slow", Duration.ofMillis(500))).isLessThan(6);
    }

    /** A trickle of deliveries says nothing of how much an endpoint could take. */
    @Test
    void quickEndpointWithLittleTrafficMayQueueAsMuch() {
        long now = 0;
        gate.offer(work("a"), now);
        for (int i = 0; i < 100; i++) {
            now += Duration.ofMillis(100).toNanos();
            Work single = work("a");
            gate.offer(single, now);
            now += Duration.ofMillis(1).toNanos();
            gate.release(single, now);
        }
        assertThat(queueNow("a", now)).isGreaterThan(150);
    }

    private int queueAfterAnswers(String endpoint, Duration answer) {
        long now = 0;
        gate.offer(work(endpoint), now);
        for (int i = 0; i < 100; i++) {
            Work single = work(endpoint);
            gate.offer(single, now);
            now += answer.toNanos();
            gate.release(single, now);
        }
        return queueNow(endpoint, now);
    }

    private int queueNow(String endpoint, long now) {
        while (gate.offer(work(endpoint), now) == Admission.START) {}
        int queued = 1;
        while (gate.offer(work(endpoint), now) == Admission.QUEUED) {
            queued++;
        }
        return queued;
    }

    /** A burst comes back often enough to keep the endpoint busy; what waits for a dead one comes back rarely. */
    @Test
    void whatIsPutOffComesBackAtThePaceOfItsEndpoint() {
        assertThat(lastOfPutOff("quick", Duration.ofMillis(50), 1_000)).isLessThan(Duration.ofSeconds(1));
        assertThat(lastOfPutOff("dead", Duration.ofSeconds(5), 10_000)).isGreaterThan(Duration.ofSeconds(120));
    }

    private Duration lastOfPutOff(String endpoint, Duration answer, int burst) {
        queueAfterAnswers(endpoint, answer);
        long now = 100 * answer.toNanos();
        Duration wait = Duration.ZERO;
        for (int i = 0; i < burst; i++) {
            wait = gate.putOff(work(endpoint), now);
        }
        return wait;
    }

    @Test
    void droppedDeliveriesAreForgottenAndOthersStay() {
        Work first = fill("a", 0);
        TopicPartition lost = new TopicPartition("deliveries", 1);
        Work mine = work("a");
        Work theirs = Samples.work(tracker, lost, "a");
        gate.offer(theirs, 0);
        gate.offer(mine, 0);

        gate.dropQueued(work -> work.partition().equals(lost));

        assertThat(gate.queued()).isEqualTo(1);
        assertThat(gate.release(first, 1)).containsSame(mine);
    }

    @Test
    void unknownReleaseIsHarmless() {
        assertThat(gate.release(work("a"), 0)).isEmpty();
    }

    /** Permits neither leak nor multiply, whatever order things come in. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void permitsNeverLeak(long seed) {
        Random random = new Random(seed);
        List<Work> inFlight = new ArrayList<>();
        Set<Work> queued = new HashSet<>();
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            now += random.nextInt(5_000_000);
            int what = random.nextInt(100);
            if (what < 50) {
                Work work = work("e" + random.nextInt(5));
                Admission admission = gate.offer(work, now);
                if (admission == Admission.START) {
                    inFlight.add(work);
                } else if (admission == Admission.QUEUED) {
                    queued.add(work);
                }
            } else if (what < 90 && !inFlight.isEmpty()) {
                Work ended = inFlight.remove(random.nextInt(inFlight.size()));
                Optional<Work> next = gate.release(ended, now);
                next.ifPresent(work -> {
                    assertThat(queued.remove(work)).as("seed %s", seed).isTrue();
                    inFlight.add(work);
                });
            } else if (what < 98) {
                List<Work> overdue = gate.overdue(now);
                assertThat(queued).as("seed %s", seed).containsAll(overdue);
                overdue.forEach(queued::remove);
            } else {
                int bit = random.nextInt(2);
                gate.dropQueued(work -> work.hashCode() % 2 == bit);
                queued.removeIf(work -> work.hashCode() % 2 == bit);
            }
            assertThat(gate.queued()).as("seed %s step %s", seed, step).isEqualTo(queued.size());
            for (int e = 0; e < 5; e++) {
                String id = "e" + e;
                assertThat(inFlight.stream()
                                .filter(work ->
                                        work.delivery().endpoint().webhookId().equals(id)))
                        .as("seed %s step %s", seed, step)
                        .hasSizeLessThanOrEqualTo(CAP);
            }
        }
        for (Work work : inFlight) {
            gate.dropQueued(all -> true);
            assertThat(gate.release(work, now)).isEmpty();
        }
        for (int e = 0; e < 5; e++) {
            for (int i = 0; i < CAP; i++) {
                assertThat(gate.offer(work("e" + e), now))
                        .as("seed %s: the whole cap is there again", seed)
                        .isEqualTo(Admission.START);
            }
            assertThat(gate.offer(work("e" + e), now)).isNotEqualTo(Admission.START);
        }
    }

    private Work work(String endpoint) {
        return Samples.work(tracker, Samples.PARTITION, endpoint);
    }

    /** Takes the endpoint's whole cap; returns the first that was started. */
    private Work fill(String endpoint, long now) {
        Work first = work(endpoint);
        gate.offer(first, now);
        for (int i = 1; i < CAP; i++) {
            gate.offer(work(endpoint), now);
        }
        return first;
    }
}
