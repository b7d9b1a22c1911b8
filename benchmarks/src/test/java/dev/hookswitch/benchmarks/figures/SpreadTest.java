package dev.hookswitch.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void isTheMiddleOfAnOddNumberInWhateverOrder() {
        assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(1, 5, 9, 3));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1));
    }

    @Test
    void isTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
        assertThat(Spread.of(4, 1, 2, 100)).isEqualTo(new Spread(1, 3, 100, 4));
    }

    @Test
    void leavesTheValuesAsTheyWere() {
        double[] values = {3, 1, 2};
        Spread unused = Spread.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}
