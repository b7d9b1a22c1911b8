package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.dispatcher.directory.Target;
import dev.hookswitch.dispatcher.http.SendResult;
import dev.hookswitch.dispatcher.lane.EndpointGate.Admission;
import dev.hookswitch.dispatcher.lane.EndpointGate.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointGateTest {
    private static final int CAP = 4;
    private static final int LANE = 512;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final long MAX_WAIT = EndpointGate.MAX_WAIT.toNanos();
    private static final long EPOCH_MS = 1_700_000_000_000L;

    private final EndpointGate gate = new EndpointGate(CAP, LANE, 0);
    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);
    private long now;

    @Test
    void startsUpToTheCapAndQueuesBeyond() {
        warmUp("a", 20 * MS);

        for (int i = 0; i < CAP; i++) {
            assertThat(offer(work("a"))).isEqualTo(Admission.START);
        }
        assertThat(offer(work("a"))).isEqualTo(Admission.QUEUED);
        assertThat(gate.queued()).isEqualTo(1);
    }

    @Test
    void unknownEndpointBeginsWithAFew() {
        EndpointGate wide = new EndpointGate(32, LANE, 0);
        for (int i = 0; i < 8; i++) {
            assertThat(wide.offer(work("a"), time())).isEqualTo(Admission.START);
        }
        assertThat(wide.offer(work("a"), time())).isEqualTo(Admission.QUEUED);
    }

    /** Together they take a quarter of the lane, and beyond it two places each. */
    @Test
    void manyUnknownEndpointsBeginWithTwo() {
        for (int i = 0; i < LANE / 4 / (CAP - 2); i++) {
            assertThat(fill("other" + i)).hasSize(CAP);
        }
        List<Work> inFlight = fill("a");
        assertThat(inFlight).hasSize(2);
        Work waiting = work("a");
        assertThat(offer(waiting)).isEqualTo(Admission.QUEUED);

        now += MS;
        release(inFlight.get(0), End.ANSWERED);
        assertThat(ready()).as("it has answered now").containsExactly(waiting);
        assertThat(fill("a")).hasSize(CAP - 2);
    }

    /** One that stops answering gets no more than an unknown one. */
    @Test
    void silentEndpointHasTwoPlacesWhenManyAreSilent() {
        for (int i = 0; i < LANE / 4 / (CAP - 2); i++) {
            fill("other" + i);
        }
        warmUp("a", 30 * MS);
        offer(work("a"));
        now += 90 * MS;

        assertThat(offer(work("a"))).isEqualTo(Admission.START);
        assertThat(offer(work("a"))).isEqualTo(Admission.QUEUED);
    }

    /** To put its deliveries off would cost the lane more than to send them. */
    @Test
    void forAnEndpointAsQuickAsTheLaneReadingPausesAndNothingIsPutOff() {
        warmUp("a", MS / 10);
        fill("a");

        int offered = 0;
        while (!gate.isCrowded(time()) && offered < 10_000) {
            assertThat(offer(work("a"))).isEqualTo(Admission.QUEUED);
            offered++;
        }

        assertThat(offered).isBetween(CAP, 1_000);
        now += 100 * MS;
        assertThat(gate.isCrowded(time()))
                .as("it answers no more: others go on")
                .isFalse();
    }

    @Test
    void aSlowEndpointNeverPausesTheLane() {
        warmUp("a", 50 * MS);
        fill("a");
        for (int i = 0; i < 10_000; i++) {
            offer(work("a"));
        }

        assertThat(gate.isCrowded(time())).isFalse();
    }

    @Test
    void placesThatWereLentComeBack() {
        for (int round = 0; round < LANE; round++) {
            List<Work> inFlight = fill("endpoint" + round);
            assertThat(inFlight).hasSize(CAP);
            inFlight.forEach(work -> release(work, End.TIMED_OUT));
        }
    }

    @Test
    void endpointsDoNotShareTheCap() {
        fill("a");

        assertThat(offer(work("b"))).isEqualTo(Admission.START);
    }

    @Test
    void endedPostLetsTheLongestWaitingOneStart() {
        List<Work> inFlight = fill("a");
        Work second = work("a");
        Work third = work("a");
        offer(second);
        offer(third);

        release(inFlight.get(0), End.NOT_SENT);
        assertThat(ready()).containsExactly(second);
        release(inFlight.get(1), End.NOT_SENT);
        assertThat(ready()).containsExactly(third);
        assertThat(ready()).isEmpty();
        assertThat(gate.queued()).isZero();
    }

    @Test
    void noMoreStartThanTheLaneHasRoomFor() {
        List<Work> inFlight = fill("a");
        Work second = work("a");
        Work third = work("a");
        offer(second);
        offer(third);
        inFlight.forEach(work -> release(work, End.NOT_SENT));

        assertThat(gate.ready(0, time())).isEmpty();
        assertThat(gate.ready(1, time())).containsExactly(second);
        assertThat(gate.ready(1, time())).containsExactly(third);
    }

    /** An endpoint that answers nothing must not fill the lane: what it cannot take in 200 ms is put off at once. */
    @Test
    void silentEndpointIsPutOff() {
        EndpointGate strict = new EndpointGate(CAP, 0, 0);
        while (strict.offer(work("a"), time()) == Admission.START) {}
        int queued = 1;
        now = 100 * MS;
        while (strict.offer(work("a"), time()) == Admission.QUEUED) {
            queued++;
        }

        assertThat(queued).isBetween(2, 20);
        now = MAX_WAIT;
        assertThat(strict.overdue(time())).isEmpty();
        now += 100 * MS + 1;
        assertThat(strict.offer(work("a"), time())).isEqualTo(Admission.DEFER);
        assertThat(strict.overdue(time())).hasSize(queued);
        assertThat(strict.queued()).isZero();
    }

    /** The first answer of an endpoint may take long: a connection, TLS. */
    @Test
    void deliveryMayWaitLongerWhileTheLaneCanSpareIt() {
        fill("a");
        Work waiting = work("a");
        offer(waiting);
        now = EndpointGate.LONG_WAIT.toNanos();
        assertThat(overdue()).isEmpty();
        now++;
        assertThat(overdue()).containsExactly(waiting);
    }

    @Test
    void quickEndpointMayQueueMoreThanASlowOne() {
        warmUp("quick", MS);
        assertThat(queueOf("quick")).isEqualTo(800);
        warmUp("slow", 500 * MS);
        assertThat(queueOf("slow")).isEqualTo(1);
    }

    /** A trickle of deliveries says nothing of how much an endpoint could take. */
    @Test
    void quickEndpointWithLittleTrafficMayQueueAsMuch() {
        for (int i = 0; i < 100; i++) {
            now += SECOND;
            round("a", 1, MS);
        }
        assertThat(queueOf("a")).isEqualTo(800);
    }

    private int queueOf(String endpoint) {
        fill(endpoint);
        int queued = 0;
        while (offer(work(endpoint)) == Admission.QUEUED) {
            queued++;
        }
        return queued;
    }

    // ---- putting off

    @Test
    void turnsFollowEachOtherAtTheEndpointsPace() {
        warmUp("a", 200 * MS);
        List<Work> refused = refused("a", 3);

        for (int i = 0; i < 3; i++) {
            PutOff putOff = gate.putOff(refused.get(i), time());
            // Four wait in its queue, and 50 ms each is its pace.
            assertThat(putOff.turn()).isEqualTo(new Delivery.Turn(EPOCH_MS + ms() + (4 + i) * 50L, 50 * MS));
            assertThat(putOff.backWithin()).isEqualTo(Duration.ofMillis((4 + i) * 50L));
            assertThat(putOff.why()).isEqualTo(Deferral.BUSY);
        }
    }

    /** It comes from a tier before its turn: it goes on waiting for the same turn, and is not counted twice. */
    @Test
    void turnIsKeptWhenADeliveryComesEarly() {
        warmUp("a", 200 * MS);
        Work first = refused("a", 1).get(0);
        PutOff before = gate.putOff(first, time());
        Delivery.Turn turn = new Delivery.Turn(EPOCH_MS + ms() + 90_000, 50 * MS);
        Work early = work(first.delivery().deferredUntil(turn, first.taken().origin()), Samples.TARGET);

        assertThat(offer(early)).isEqualTo(Admission.DEFER);
        assertThat(gate.putOff(early, time()).turn()).isEqualTo(turn);
        PutOff after = gate.putOff(refused("a", 1).get(0), time());
        assertThat(after.turn().atMs()).isEqualTo(before.turn().atMs() + 50);
    }

    @Test
    void turnComesSoonerWhenTheEndpointBecameQuicker() {
        warmUp("a", 100 * MS);
        refused("a", 1);
        Delivery.Turn turn = new Delivery.Turn(EPOCH_MS + ms() + 90_000, 500 * MS);
        Work early = work(Samples.delivery("a").deferredUntil(turn, new Delivery.Origin(0, 0)), Samples.TARGET);

        assertThat(offer(early)).isEqualTo(Admission.DEFER);
        assertThat(gate.putOff(early, time()).turn())
                .isEqualTo(new Delivery.Turn(EPOCH_MS + ms() + 90_000 / 20, 25 * MS));
    }

    @Test
    void freshDeliveryWaitsBehindThoseThatWerePutOff() {
        warmUp("a", 200 * MS);
        List<Work> inFlight = fill("a");
        Work putOff = refused("a", 1).get(0);
        Delivery.Turn turn = gate.putOff(putOff, time()).turn();
        gate.dropQueued(work -> true);

        assertThat(offer(work("a"))).as("fresh").isEqualTo(Admission.DEFER);
        Work itsTurn = work(putOff.delivery().deferredUntil(turn, putOff.taken().origin()), Samples.TARGET);
        assertThat(offer(itsTurn)).as("its turn").isEqualTo(Admission.QUEUED);
        release(inFlight.get(0), End.ANSWERED);
        assertThat(ready()).containsExactly(itsTurn);
    }

    /** Those that come for their turn come in heaps: a second's worth may wait. */
    @Test
    void deliveryMayWaitASecondForItsTurn() {
        warmUp("a", 200 * MS);
        fill("a");
        Delivery.Turn turn = new Delivery.Turn(EPOCH_MS + ms(), 50 * MS);
        List<Work> queued = new ArrayList<>();
        for (Admission admission = Admission.QUEUED; admission == Admission.QUEUED; ) {
            Work work = work(Samples.delivery("a").deferredUntil(turn, new Delivery.Origin(0, 0)), Samples.TARGET);
            admission = offer(work);
            if (admission == Admission.QUEUED) {
                queued.add(work);
            }
        }
        assertThat(queued).hasSize(20);
        now += EndpointGate.LONG_WAIT.toNanos();
        assertThat(overdue()).isEmpty();
        now++;
        assertThat(overdue()).containsExactlyElementsOf(queued);
    }

    /** Whether and when it answers again cannot be known: wait no longer for it than it has been silent. */
    @Test
    void silentEndpointIsAskedAgainWithinTheTimeThatItWasSilent() {
        warmUp("a", 20 * MS);
        long lastAnswer = now;
        List<Work> inFlight = fill("a");
        now += 5 * SECOND;
        inFlight.forEach(work -> release(work, End.TIMED_OUT));
        offer(work("a"));
        offer(work("a"));
        PutOff putOff = null;
        for (int i = 0; i < 1_000; i++) {
            Work work = work("a");
            assertThat(offer(work)).isEqualTo(Admission.DEFER);
            putOff = gate.putOff(work, time());
        }

        assertThat(putOff).isNotNull();
        assertThat(putOff.backWithin()).isEqualTo(Duration.ofNanos(now - lastAnswer));
        assertThat(putOff.turn().atMs()).isGreaterThan(EPOCH_MS + ms() + 60_000);
    }

    // ---- limits

    @Test
    void limitLetsThemStartOneByOne() {
        Target limited = Samples.limited(10);
        for (int i = 0; i < 10; i++) {
            Work work = work(Samples.delivery("a"), limited);
            assertThat(offer(work)).isEqualTo(Admission.START);
            release(work, End.ANSWERED);
        }
        Work second = work(Samples.delivery("a"), limited);
        Work third = work(Samples.delivery("a"), limited);
        Work fourth = work(Samples.delivery("a"), limited);
        assertThat(offer(second)).isEqualTo(Admission.QUEUED);
        assertThat(offer(third)).isEqualTo(Admission.QUEUED);
        assertThat(offer(fourth)).isEqualTo(Admission.DEFER);

        PutOff putOff = gate.putOff(fourth, time());
        assertThat(putOff.why()).isEqualTo(Deferral.LIMITED);
        assertThat(putOff.backWithin()).isEqualTo(Duration.ofMillis(300));
        now += 100 * MS - 1;
        assertThat(ready()).isEmpty();
        now++;
        assertThat(ready()).containsExactly(second);
        assertThat(ready()).isEmpty();
        now += 100 * MS;
        assertThat(ready()).containsExactly(third);
    }

    @Test
    void endpointWithoutALimitHasTheDefault() {
        EndpointGate strict = new EndpointGate(CAP, LANE, 1);

        assertThat(strict.offer(work("a"), time())).isEqualTo(Admission.START);
        assertThat(strict.offer(work("a"), time())).isEqualTo(Admission.DEFER);
        assertThat(strict.offer(work(Samples.delivery("b"), Samples.limited(2)), time()))
                .isEqualTo(Admission.START);
        assertThat(strict.offer(work(Samples.delivery("b"), Samples.limited(2)), time()))
                .isEqualTo(Admission.START);
    }

    /** An endpoint is forgotten when nothing comes, but never so that its burst comes twice. */
    @Test
    void forgottenEndpointCannotExceedItsLimit() {
        Target limited = Samples.limited(0.01);
        Work first = work(Samples.delivery("a"), limited);
        offer(first);
        release(first, End.ANSWERED);
        for (int i = 0; i < 9; i++) {
            now += 11 * SECOND;
            assertThat(overdue()).isEmpty();
        }
        assertThat(offer(work(Samples.delivery("a"), limited))).isEqualTo(Admission.DEFER);
        now += SECOND;
        assertThat(offer(work(Samples.delivery("a"), limited))).isEqualTo(Admission.START);
    }

    // ---- the rest

    @Test
    void droppedDeliveriesAreForgottenAndOthersStay() {
        List<Work> inFlight = fill("a");
        TopicPartition lost = new TopicPartition("deliveries", 1);
        Work mine = work("a");
        Work theirs = Samples.work(tracker, lost, "a");
        offer(theirs);
        offer(mine);

        assertThat(gate.dropQueued(work -> work.partition().equals(lost))).containsExactly(theirs);

        assertThat(gate.queued()).isEqualTo(1);
        release(inFlight.get(0), End.NOT_SENT);
        assertThat(ready()).containsExactly(mine);
    }

    @Test
    void unknownReleaseIsHarmless() {
        release(work("a"), End.ANSWERED);
        assertThat(ready()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, ANSWERED",
        "CONNECT, ANSWERED",
        "TRANSPORT, ANSWERED",
        "TIMEOUT, TIMED_OUT",
        "CONNECT_TIMEOUT, TIMED_OUT",
        "TLS_TIMEOUT, TIMED_OUT",
        "INTERNAL, NOT_SENT",
        "EGRESS_DENIED, NOT_SENT",
        "DNS, NOT_SENT",
        "DNS_TIMEOUT, NOT_SENT"
    })
    void onlyWhatAnEndpointDidCounts(AttemptResult result, End end) {
        assertThat(End.of(new SendResult.Failed(result))).isEqualTo(end);
        assertThat(End.of(new SendResult.Answered(503, null))).isEqualTo(End.ANSWERED);
    }

    // ---- helpers

    private GateTime time() {
        return new GateTime(now, EPOCH_MS + ms());
    }

    private long ms() {
        return now / MS;
    }

    private Work work(String endpoint) {
        return Samples.work(tracker, Samples.PARTITION, endpoint);
    }

    private Work work(Delivery delivery, Target target) {
        OffsetTracker.Entry entry = tracker.register(tracker.next(), 0);
        return new Work(new Taken(Samples.PARTITION, entry, delivery, new byte[0]), target);
    }

    private Admission offer(Work work) {
        return gate.offer(work, time());
    }

    private void release(Work work, End end) {
        gate.release(work, end, time());
    }

    private List<Work> ready() {
        return gate.ready(Integer.MAX_VALUE, time());
    }

    private List<Work> overdue() {
        return gate.overdue(time());
    }

    /** So many at a time, all answered after this time. */
    private void round(String endpoint, int size, long answerNanos) {
        List<Work> inFlight = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Work work = work(endpoint);
            assertThat(offer(work)).isEqualTo(Admission.START);
            inFlight.add(work);
        }
        now += answerNanos;
        inFlight.forEach(work -> release(work, End.ANSWERED));
    }

    /** The endpoint always answers after this time, and has its whole cap. */
    private void warmUp(String endpoint, long answerNanos) {
        round(endpoint, 2, answerNanos);
    }

    /** Takes every place that the endpoint has. */
    private List<Work> fill(String endpoint) {
        List<Work> inFlight = new ArrayList<>();
        Work work = work(endpoint);
        while (offer(work) == Admission.START) {
            inFlight.add(work);
            work = work(endpoint);
        }
        Work beyond = work;
        gate.dropQueued(queued -> queued == beyond);
        return inFlight;
    }

    /** Takes every place and the queue; returns so many for which there is no room. */
    private List<Work> refused(String endpoint, int count) {
        List<Work> refused = new ArrayList<>();
        while (refused.size() < count) {
            Work work = work(endpoint);
            if (offer(work) == Admission.DEFER) {
                refused.add(work);
            }
        }
        return refused;
    }
}
