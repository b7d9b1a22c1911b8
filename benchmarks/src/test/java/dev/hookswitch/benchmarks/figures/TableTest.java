package dev.hookswitch.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsTheFirstColumnLeftAndTheOthersRight() {
        Table table = new Table("name", "n");
        table.row("a", "1");
        table.row("longer", "1,000");

        assertThat(table.lines()).containsExactly("name        n", "a           1", "longer  1,000");
        assertThat(table.markdown()).isEqualTo("| name | n |\n|---|---:|\n| a | 1 |\n| longer | 1,000 |\n");
    }

    @Test
    void refusesARowThatDoesNotFit() {
        assertThatThrownBy(() -> new Table("a", "b").row("1")).isInstanceOf(IllegalArgumentException.class);
    }
}
