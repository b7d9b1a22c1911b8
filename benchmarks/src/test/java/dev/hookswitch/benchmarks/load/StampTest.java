package dev.hookswitch.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StampTest {
    private final byte[] body = new Bodies(512, 1).get(7);

    @Test
    void isReadBackFromTheBeginningOfABody() {
        Stamp stamp = new Stamp(1_234_567, 4_711, 9_876_543_210_123L);

        byte[] stamped = stamp.on(body);

        assertThat(Stamp.of(stamped)).isEqualTo(stamp);
        assertThat(Stamp.of(Arrays.copyOf(stamped, Stamp.REACHES_TO))).isEqualTo(stamp);
    }

    @Test
    void leavesTheRestOfTheBodyAndTheOriginal() {
        byte[] before = body.clone();

        byte[] stamped = new Stamp(1, 2, 3).on(body);

        assertThat(body).isEqualTo(before);
        assertThat(stamped).hasSameSizeAs(body);
        assertThat(Arrays.copyOf(stamped, Bodies.TEXT_FROM)).isEqualTo(Arrays.copyOf(body, Bodies.TEXT_FROM));
        assertThat(Arrays.copyOfRange(stamped, Stamp.REACHES_TO, stamped.length))
                .isEqualTo(Arrays.copyOfRange(body, Stamp.REACHES_TO, body.length));
        assertThat(new String(stamped, US_ASCII)).contains("\"summary\":\"0000000001:00002:");
    }

    @Test
    void isNotSeenWhereThereIsNone() {
        assertThatThrownBy(() -> Stamp.of(body)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stamp.of(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }
}
