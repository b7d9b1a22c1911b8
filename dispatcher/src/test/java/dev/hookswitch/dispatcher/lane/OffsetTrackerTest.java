package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {
    private final OffsetTracker tracker = new OffsetTracker(10, CommitMap.Known.NOTHING);

    @Test
    void marksStandWhereReadingBegins() {
        assertThat(tracker.lowWaterMark()).isEqualTo(10);
        assertThat(tracker.incompleteOffsets()).isEmpty();
        assertThat(tracker.changed()).isFalse();
    }

    @Test
    void lowWaterMarkIsTheOldestThatIsNotDone() {
        OffsetTracker.Entry ten = tracker.register(10, 0);
        OffsetTracker.Entry eleven = tracker.register(11, 0);
        OffsetTracker.Entry twelve = tracker.register(12, 0);

        eleven.complete();
        assertThat(tracker.lowWaterMark()).isEqualTo(10);
        assertThat(tracker.incompleteOffsets()).containsExactly(10, 12);
        ten.complete();
        assertThat(tracker.lowWaterMark()).isEqualTo(12);
        twelve.complete();
        assertThat(tracker.lowWaterMark()).isEqualTo(13);
        assertThat(tracker.incompleteOffsets()).isEmpty();
    }

    @Test
    void gapsBetweenRecordsCountAsDone() {
        OffsetTracker.Entry ten = tracker.register(10, 0);
        OffsetTracker.Entry twenty = tracker.register(20, 0);

        ten.complete();
        assertThat(tracker.lowWaterMark()).isEqualTo(20);
        twenty.complete();
        assertThat(tracker.lowWaterMark()).isEqualTo(21);
        tracker.skipTo(25);
        assertThat(tracker.lowWaterMark()).isEqualTo(25);
    }

    @Test
    void trailingMarkersDoNotPassWhatIsNotDone() {
        tracker.register(10, 0);
        tracker.skipTo(15);

        assertThat(tracker.lowWaterMark()).isEqualTo(10);
        assertThat(tracker.ahead()).isEqualTo(5);
    }

    @Test
    void skippingBackChangesNothing() {
        tracker.register(10, 0).complete();
        tracker.skipTo(5);

        assertThat(tracker.next()).isEqualTo(11);
    }

    @Test
    void completingTwiceCountsOnce() {
        OffsetTracker.Entry ten = tracker.register(10, 0);
        tracker.register(11, 0);

        ten.complete();
        ten.complete();

        assertThat(tracker.incomplete()).isEqualTo(1);
        assertThat(tracker.incompleteOffsets()).containsExactly(11);
    }

    @Test
    void ageIsThatOfTheOldest() {
        OffsetTracker.Entry ten = tracker.register(10, 100);
        tracker.register(11, 130);

        assertThat(tracker.oldestAgeNanos(200)).isEqualTo(100);
        ten.complete();
        assertThat(tracker.oldestAgeNanos(200)).isEqualTo(70);
    }

    @Test
    void changesUntilCommitted() {
        OffsetTracker.Entry ten = tracker.register(10, 0);
        assertThat(tracker.changed()).isFalse();
        ten.complete();
        assertThat(tracker.changed()).isTrue();
        tracker.changed(false);
        assertThat(tracker.changed()).isFalse();
        tracker.skipTo(12);
        assertThat(tracker.changed()).isTrue();
    }

    @Test
    void refusesOffsetsThatFall() {
        tracker.register(10, 0);

        assertThatThrownBy(() -> tracker.register(10, 0)).hasMessageContaining("10");
    }

    /** A commit must not forget what an earlier one knew of records that were not read again yet. */
    @Test
    void keepsWhatAnEarlierCommitKnewUntilItIsReadAgain() {
        OffsetTracker again = new OffsetTracker(10, new CommitMap.Known(10, 20, new long[] {10, 15}));

        assertThat(again.wasDone(10)).isFalse();
        assertThat(again.wasDone(11)).isTrue();
        OffsetTracker.Entry ten = again.register(10, 0);
        again.skipTo(12);
        assertThat(again.incompleteOffsets()).containsExactly(10, 15);
        assertThat(again.knownUpTo()).isEqualTo(20);
        ten.complete();
        assertThat(again.lowWaterMark()).isEqualTo(12);
        assertThat(again.incompleteOffsets()).containsExactly(15);
    }

    /** Random lives with gaps, restarts and truncated maps against a map of every record. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverLosesAndNeverForgetsOverRestarts(long seed) {
        Random random = new Random(seed);
        Uuid topic = new Uuid(seed, 1);
        TreeMap<Long, Boolean> log = new TreeMap<>();
        for (long offset = 0, i = 0; i < 3_000; i++) {
            offset += random.nextInt(20) == 0 ? 1 + random.nextInt(5) : 1;
            log.put(offset, false);
        }
        long committed = 0;
        String metadata = "";
        Map<Long, Boolean> committedDone = new HashMap<>();
        for (int life = 0; life < 12; life++) {
            OffsetTracker now = new OffsetTracker(committed, CommitMap.read(topic, committed, metadata));
            Map<Long, OffsetTracker.Entry> inFlight = new TreeMap<>();
            Map<Long, Boolean> done = new HashMap<>(committedDone);
            long read = committed;
            for (int step = 0; step < 600; step++) {
                Long offset = log.ceilingKey(read);
                if (offset != null && random.nextInt(3) > 0) {
                    if (now.wasDone(offset)) {
                        assertThat(done)
                                .as("seed %s: only what was done is passed", seed)
                                .containsKey(offset);
                        now.skipTo(offset + 1);
                    } else {
                        assertThat(done).as("seed %s: done twice", seed).doesNotContainKey(offset);
                        inFlight.put(offset, now.register(offset, step));
                    }
                    read = offset + 1;
                } else if (!inFlight.isEmpty()) {
                    Long some = inFlight.keySet().stream()
                            .skip(random.nextInt(inFlight.size()))
                            .findFirst()
                            .orElseThrow();
                    Objects.requireNonNull(inFlight.remove(some)).complete();
                    done.put(some, true);
                }
                assertThat(now.incompleteOffsets().length).as("seed %s", seed).isGreaterThanOrEqualTo(inFlight.size());
                if (random.nextInt(50) == 0) {
                    committed = now.lowWaterMark();
                    metadata = CommitMap.write(topic, step, now);
                    committedDone = new HashMap<>(done);
                }
            }
            long low = committed;
            assertThat(committedDone.keySet())
                    .as("seed %s: all below the mark is done", seed)
                    .containsAll(log.headMap(low).keySet());
        }
    }
}
