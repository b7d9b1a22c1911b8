package dev.hookswitch.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SightingTest {
    @Test
    void isReadAsItWasWritten() {
        for (Sighting sighting : new Sighting[] {
            new Sighting(0, 0, 0, 0),
            new Sighting(Duration.ofDays(15).toMillis(), Integer.MIN_VALUE, 9_999, Long.MAX_VALUE),
            new Sighting(1, -1, Integer.MAX_VALUE, 1L << 40)
        }) {
            assertThat(Sighting.decode(sighting.encode())).isEqualTo(sighting);
        }
    }

    /** The disk that docs/operating.md tells operators to plan counts on it. */
    @Test
    void isSmall() {
        Sighting usual = new Sighting(Duration.ofHours(11).toMillis(), 0x12345678, 5, 100_000_000);

        assertThat(usual.encode()).hasSizeLessThanOrEqualTo(13);
    }
}
