package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMapTest {
    private static final Uuid TOPIC = new Uuid(7, 11);

    @Test
    void saysWhatIsDoneAboveTheMark() {
        OffsetTracker tracker = new OffsetTracker(100, CommitMap.Known.NOTHING);
        tracker.register(100, 0);
        tracker.register(101, 0).complete();
        tracker.register(300, 0);
        tracker.register(301, 0).complete();

        CommitMap.Known known = CommitMap.read(TOPIC, 100, CommitMap.write(TOPIC, 1, tracker));

        assertThat(List.of(100L, 300L)).noneMatch(known::isDone);
        assertThat(List.of(101L, 299L, 301L)).allMatch(known::isDone);
        assertThat(List.of(99L, 302L, Long.MAX_VALUE)).noneMatch(known::isDone);
    }

    @Test
    void emptyMapKnowsNothing() {
        String text = CommitMap.write(TOPIC, 1, new OffsetTracker(5, CommitMap.Known.NOTHING));

        CommitMap.Known known = CommitMap.read(TOPIC, 5, text);

        assertThat(List.of(4L, 5L, 6L)).noneMatch(known::isDone);
    }

    @Test
    void takesOffsetsNearTheEndOfTheRange() {
        long start = Long.MAX_VALUE - 1_000;
        OffsetTracker tracker = new OffsetTracker(start, CommitMap.Known.NOTHING);
        tracker.register(start, 0);
        tracker.register(start + 900, 0).complete();

        CommitMap.Known known = CommitMap.read(TOPIC, start, CommitMap.write(TOPIC, Long.MAX_VALUE, tracker));

        assertThat(known.isDone(start)).isFalse();
        assertThat(known.isDone(start + 900)).isTrue();
    }

    @Test
    void differsFromCommitToCommit() {
        OffsetTracker tracker = new OffsetTracker(5, CommitMap.Known.NOTHING);

        assertThat(CommitMap.write(TOPIC, 1, tracker)).isNotEqualTo(CommitMap.write(TOPIC, 2, tracker));
    }

    /** Wide gaps between many incomplete offsets do not fit: what lies beyond counts as not done. */
    @Test
    void longMapSpeaksUpToALowerOffset() {
        OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);
        List<Long> incomplete = new ArrayList<>();
        for (long i = 0; i < 20_000; i++) {
            OffsetTracker.Entry entry = tracker.register(i * 300, 0);
            if (i % 2 == 0) {
                incomplete.add(i * 300);
            } else {
                entry.complete();
            }
        }

        String text = CommitMap.write(TOPIC, Long.MAX_VALUE, tracker);
        CommitMap.Known known = CommitMap.read(TOPIC, 0, text);

        assertThat(text.length()).isLessThanOrEqualTo(CommitMap.MAX_CHARS);
        assertThat(incomplete).noneMatch(known::isDone);
        assertThat(known.isDone(300)).isTrue();
        assertThat(known.upTo()).isBetween(300_000L, 19_999L * 300);
        assertThat(known.isDone(known.upTo())).isFalse();
    }

    @Test
    void mapOfAnotherTopicSaysNothing() {
        assertThat(CommitMap.read(new Uuid(7, 12), 100, sample())).isEqualTo(CommitMap.Known.NOTHING);
    }

    @Test
    void mapOfAnotherOffsetSaysNothing() {
        assertThat(CommitMap.read(TOPIC, 101, sample())).isEqualTo(CommitMap.Known.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AA", "AAAA", "AAAAAA", "SAEAAAAAAAAAAAAAAAA", "{\"any\":\"tool\"}", "\u00e4"})
    void foreignMetadataSaysNothing(String text) {
        assertThat(CommitMap.read(TOPIC, 100, text)).isEqualTo(CommitMap.Known.NOTHING);
        assertThat(CommitMap.read(TOPIC, 100, null)).isEqualTo(CommitMap.Known.NOTHING);
    }

    @Test
    void damageAnywhereIsNoticed() {
        byte[] whole = Base64.getUrlDecoder().decode(sample());
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(CommitMap.read(TOPIC, 100, text(damaged))).isEqualTo(CommitMap.Known.NOTHING);
        }
        for (int length = 0; length < whole.length; length++) {
            assertThat(CommitMap.read(TOPIC, 100, text(Arrays.copyOf(whole, length))))
                    .isEqualTo(CommitMap.Known.NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverCallsDoneWhatIsNot(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long start = random.nextInt(1_000_000);
            OffsetTracker tracker = new OffsetTracker(start, CommitMap.Known.NOTHING);
            Set<Long> done = new HashSet<>();
            Set<Long> notDone = new HashSet<>();
            long offset = start;
            int percentDone = random.nextInt(101);
            for (int i = random.nextInt(6_000); i > 0; i--) {
                OffsetTracker.Entry entry = tracker.register(offset, 0);
                if (random.nextInt(100) < percentDone) {
                    entry.complete();
                    done.add(offset);
                } else {
                    notDone.add(offset);
                }
                offset += 1 + random.nextInt(1 + random.nextInt(300));
            }

            String text = CommitMap.write(TOPIC, round, tracker);
            CommitMap.Known known = CommitMap.read(TOPIC, tracker.lowWaterMark(), text);

            assertThat(text.length()).as("seed %s", seed).isLessThanOrEqualTo(CommitMap.MAX_CHARS);
            assertThat(notDone).as("seed %s round %s", seed, round).noneMatch(known::isDone);
            long low = tracker.lowWaterMark();
            assertThat(done.stream().filter(o -> o >= low && o < known.upTo()))
                    .as("seed %s round %s", seed, round)
                    .allMatch(known::isDone);
        }
    }

    private static String sample() {
        OffsetTracker tracker = new OffsetTracker(100, CommitMap.Known.NOTHING);
        tracker.register(100, 0);
        tracker.register(101, 0).complete();
        tracker.register(1_000, 0);
        return CommitMap.write(TOPIC, 1, tracker);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
