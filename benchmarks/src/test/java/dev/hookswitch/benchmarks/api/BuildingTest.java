package dev.hookswitch.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildingTest {
    @Test
    void theRateIsFromTheLastLookBeforeTheFirstRow() {
        Building building = new Building(List.of(
                new Building.Look(0.5, 0),
                new Building.Look(1, 0),
                new Building.Look(2, 50),
                new Building.Look(3, 100)));

        assertThat(building.rowsPerSecond()).isEqualTo(50, within(1e-9));
        assertThat(building.seconds()).isEqualTo(3);
    }

    @Test
    void percentilesAreOfTheWorstAnswers() {
        Latencies latencies = Latencies.of(5, 1, 4, 2, 3);

        assertThat(latencies.ms(50)).isEqualTo(3);
        assertThat(latencies.ms(99)).isEqualTo(5);
        assertThat(latencies.ms(1)).isEqualTo(1);
        assertThat(latencies.maxMs()).isEqualTo(5);
    }
}
