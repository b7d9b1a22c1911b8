package dev.hookswitch.benchmarks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayLineTest {
    private final DelayLine<String> line = new DelayLine<>(100);
    private final List<String> out = new ArrayList<>();

    @Test
    void givesOutWhatIsDueInOrder() {
        line.add("a", 0);
        line.add("b", 50);

        line.release(99, out::add);
        assertThat(out).isEmpty();
        line.release(149, out::add);
        assertThat(out).containsExactly("a");
        line.release(150, out::add);
        assertThat(out).containsExactly("a", "b");
    }

    @Test
    void tellsHowLongToWait() {
        assertThat(line.nanosToNext(0, 1_000)).isEqualTo(1_000);
        line.add("a", 0);
        assertThat(line.nanosToNext(30, 1_000)).isEqualTo(70);
        assertThat(line.nanosToNext(130, 1_000)).isZero();
    }

    @Test
    void keepsWhatIsAddedWhileReleasing() {
        line.add("a", 0);

        line.release(100, what -> line.add(what, 100));
        line.release(150, out::add);

        assertThat(out).isEmpty();
    }
}
