package dev.hookswitch.benchmarks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.benchmarks.process.MachineTime;
import dev.hookswitch.benchmarks.process.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTest {
    private final List<Pair> pairs = new ArrayList<>();

    private static Window window(int stolenPercent) {
        Message none = Message.of("mark");
        return new Window(
                new MachineTime(0, 0, 0),
                new MachineTime(0, stolenPercent, 100),
                none,
                none,
                none,
                none,
                none,
                none,
                none);
    }

    private void measured(int rawPercent, int dispatcherPercent) {
        pairs.add(new Pair(pairs.size() + 1, window(rawPercent), window(dispatcherPercent)));
    }

    @Test
    void aPairIsAsDisturbedAsTheWorseOfItsWindows() {
        measured(1, 20);
        measured(20, 1);
        measured(3, 3);

        assertThat(pairs).extracting(Pair::isCalm).containsExactly(false, false, true);
    }

    @Test
    void thoseCountOfWhichTheLeastWasStolenInTheirOrder() {
        measured(2, 0);
        measured(40, 0);
        measured(0, 9);
        measured(1, 0);

        assertThat(Pair.calmest(pairs, 3)).extracting(Pair::number).containsExactly(1, 3, 4);
    }

    @Test
    void moreAreMeasuredUntilEnoughAreCalmOrItIsTheMost() {
        measured(0, 0);
        measured(9, 0);
        assertThat(Pair.suffice(pairs, 2, 6)).isFalse();
        measured(0, 0);
        assertThat(Pair.suffice(pairs, 2, 6)).isTrue();

        pairs.clear();
        for (int i = 0; i < 5; i++) {
            measured(9, 9);
        }
        assertThat(Pair.suffice(pairs, 2, 6)).isFalse();
        measured(9, 9);
        assertThat(Pair.suffice(pairs, 2, 6)).isTrue();
    }
}
