package dev.hookswitch.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatWindowTest {
    /** That a restart finds the newest bucket, and that an old one goes as a whole, depends on it. */
    @Test
    void everyBucketIsASegmentOfTheStore() {
        for (Duration length : List.of(
                RepeatWindow.SHORTEST,
                RepeatWindow.SHORTEST.plusMillis(1),
                Duration.ofHours(24),
                RepeatWindow.LONGEST.minusMillis(1),
                RepeatWindow.LONGEST)) {
            RepeatWindow window = new RepeatWindow(length);
            long segmentMs = window.disk().segmentIntervalMs();

            assertThat(segmentMs).as("window %s", length).isEqualTo(window.bucketMs());
            for (long bucket = 30_000; bucket < 30_010; bucket++) {
                assertThat(window.storedAtMs(bucket) / segmentMs).isEqualTo(bucket);
                assertThat(window.bucketStoredAt(window.storedAtMs(bucket))).isEqualTo(bucket);
            }
        }
    }
}
